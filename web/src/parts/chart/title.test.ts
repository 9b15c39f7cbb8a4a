import { describe, expect, it } from "vitest";
import { toldBy, untitled } from "./title";

const option = {
  title: { text: "One sentence", subtext: "a\nb" },
  grid: [{ top: 120, left: 8 }, { top: "50%" }],
  legend: { top: 90 },
  series: [{ type: "bar", data: [1] }],
  media: [
    {
      query: { maxWidth: 639 },
      option: { title: { text: "One\nsentence", subtext: "a\nb" }, grid: [{ top: 140 }, {}] },
    },
    { option: { grid: [{ top: 120 }, {}] } },
  ],
};

describe("a picture on a page", () => {
  it("says its title as text", () => {
    expect(toldBy(option)).toEqual({ title: "One sentence", remarks: ["a", "b"] });
    expect(toldBy({})).toEqual({ title: "", remarks: [] });
  });

  it("moves up by the room of its title, on narrow pages by more", () => {
    const up = 44 - 10 + 2 * 18;
    expect(untitled(option)).toEqual({
      grid: [{ top: 120 - up, left: 8 }, { top: "50%" }],
      legend: { top: 90 - up },
      series: option.series,
      media: [
        { query: { maxWidth: 639 }, option: { grid: [{ top: 140 - up - 20 }, {}] } },
        { option: { grid: [{ top: 120 - up }, {}] } },
      ],
    });
  });
});
