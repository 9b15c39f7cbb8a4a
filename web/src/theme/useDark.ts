import { useComputedColorScheme } from "@mantine/core";

/** Whether the page is dark. */
export function useDark(): boolean {
  return useComputedColorScheme("light") === "dark";
}
