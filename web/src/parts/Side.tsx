import type { DrawerProps } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useKeysBack } from "./useKeysBack";

const Sliding = lazy(async () => ({ default: (await import("./Sliding")).Sliding }));

/** What slides in from the side; it is loaded when it is first opened. */
export function Side(props: DrawerProps) {
  useKeysBack(props.opened);
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  return <Suspense>{wanted && <Sliding {...props} />}</Suspense>;
}
