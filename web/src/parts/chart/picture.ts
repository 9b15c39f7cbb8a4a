import { CanvasRenderer } from "echarts/renderers";
import type { ChartOption } from "@/api/types";
import { echarts } from "./echarts";

const TITLE = 120;

/** A chart as a file, as wide and as high as it is shown, with its title: as SVG, or as a PNG of twice the pixels. */
export async function pictureOf(
  kind: "svg" | "png",
  option: ChartOption,
  width: number,
  shown: number,
): Promise<Blob> {
  echarts.use([CanvasRenderer]);
  const element = document.createElement("div");
  const height = shown + TITLE;
  const renderer = kind === "svg" ? "svg" : "canvas";
  const chart = echarts.init(element, null, { renderer, width, height, devicePixelRatio: 2 });
  try {
    chart.setOption({ ...option, animation: false });
    if (kind === "svg") return new Blob([chart.renderToSVGString()], { type: "image/svg+xml" });
    const canvas = chart.renderToCanvas({ pixelRatio: 2 });
    return await new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png");
    });
  } finally {
    chart.dispose();
  }
}
