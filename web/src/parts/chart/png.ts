import { CanvasRenderer } from "echarts/renderers";
import type { ChartOption } from "@/api/types";
import { echarts } from "./echarts";

/** A chart as a PNG of twice the pixels. */
export async function png(option: ChartOption, width: number, height: number): Promise<Blob> {
  echarts.use([CanvasRenderer]);
  const element = document.createElement("div");
  const chart = echarts.init(element, null, { renderer: "canvas", width, height, devicePixelRatio: 2 });
  try {
    chart.setOption({ ...option, animation: false });
    const canvas = chart.renderToCanvas({ pixelRatio: 2 });
    return await new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png");
    });
  } finally {
    chart.dispose();
  }
}
