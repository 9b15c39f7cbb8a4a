import { Drawer, type DrawerProps } from "@mantine/core";

/** A drawer. */
export function Sliding(props: DrawerProps) {
  return <Drawer {...props} />;
}
