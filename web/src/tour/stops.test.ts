import { expect, it } from "vitest";
import { stopsOf } from "./stops";

const map = { ws: "airport", map: "m" };

it("shows what a workspace has, and leaves out what it has nothing of", () => {
  const words = stopsOf({ ...map, weighted: false }).map((one) => one.word);
  expect(words).toEqual(["blueprint", "export", "own"]);
});

it("leads through everything, and back", () => {
  const finding = { lane: "ease", step: "gate", title: "Ease", shown: "+1.15", n: 2364, before: "+1.33" };
  const simulated = { ws: "simulated", map: "s", customer: "a@b.c" };
  const segment = "scale = 'nps'";
  const stops = stopsOf({ ...map, finding, weighted: true, assumption: "c", segment, simulated });
  expect(stops).toHaveLength(10);
  expect(stops[0]?.mark).toBe('[data-kind=point][data-key="ease/gate"]');
  expect(stops[2]?.to).toBe("/w/airport/maps/m?weighted=0");
  expect(stops[3]?.to).toBe("/w/airport/maps/m?who=scale+%3D+%27nps%27");
  expect(stops.at(-3)?.to).toBe("/w/simulated/customers/a%40b.c");
  expect(stops.at(-1)?.to).toBe("/w/airport/start");
});
