import { Skeleton } from "@mantine/core";
import { lazy, type Ref, Suspense } from "react";
import type { Cell, ChartOption } from "@/api/types";

export interface ChartHandle {
  /** The picture as a file. */
  picture: (kind: "svg" | "png") => Promise<Blob | null>;
}

export interface ChartProps {
  /** An ECharts option. */
  option: ChartOption;
  /** What it shows, in one sentence. */
  title: string;
  /** What a file of it shows, where that is more: its title for instance. */
  whole?: ChartOption;
  /** Pixels. */
  height: number;
  /** A bar, band or node was chosen: what stands for its customers, and what it says. */
  onCell?: (cell: Cell, said: string) => void;
  ref?: Ref<ChartHandle>;
}

// ECharts is as large as the rest of the app: it comes with the first picture.
const Drawn = lazy(() => import("./Drawn"));

/** A picture that redraws in place, fits its width, and whose marks open with the mouse or the keyboard. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height} radius="lg" />}>
      <Drawn {...props} />
    </Suspense>
  );
}
