import { type MultiSelectProps, Skeleton, type TagsInputProps } from "@mantine/core";
import { lazy, Suspense } from "react";

const Several = lazy(async () => ({ default: (await import("./Several")).Several }));
const Tags = lazy(async () => ({ default: (await import("./Several")).Tags }));

const waiting = <Skeleton height={50} />;

/** Several of a list, loaded where a question has such a field. */
export function LaterSeveral(props: MultiSelectProps) {
  return (
    <Suspense fallback={waiting}>
      <Several {...props} />
    </Suspense>
  );
}

/** Several words, loaded where a question has such a field. */
export function LaterTags(props: TagsInputProps) {
  return (
    <Suspense fallback={waiting}>
      <Tags {...props} />
    </Suspense>
  );
}
