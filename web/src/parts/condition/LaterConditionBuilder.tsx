import { Skeleton } from "@mantine/core";
import { type ComponentProps, lazy, Suspense } from "react";

const Builder = lazy(() =>
  import("./ConditionBuilder").then((found) => ({ default: found.ConditionBuilder })),
);

/** The builder of conditions, loaded where one is first shown: most questions are asked without. */
export function LaterConditionBuilder(props: ComponentProps<typeof Builder>) {
  return (
    <Suspense fallback={<Skeleton height={30} />}>
      <Builder {...props} />
    </Suspense>
  );
}
