import { expect, test } from "vitest";
import type { MapDocument } from "../document";
import { proposedOn } from "./useMoments";

const said = (text: string) => ({ zh: text, en: text });

const map: MapDocument = {
  title: said("Shop"),
  steps: ["look", "buy", "pay", "use"].map((key) => ({ key, stage: "all", name: said(key) })),
  lanes: [
    { key: "m", role: "moments", label: said("Moments") },
    { key: "p", role: "pains", label: said("Pains") },
  ],
  cards: [
    { key: "a", lane: "m", step: "look", kind: "insight" },
    { key: "b", lane: "m", step: "buy", kind: "insight" },
    { key: "c", lane: "m", step: "buy", kind: "insight" },
    { key: "d", lane: "m", step: "pay", kind: "insight" },
    { key: "e", lane: "p", step: "use", kind: "insight" },
  ],
};

test("steps that cards propose are counted once, those that were decided on not at all", () => {
  expect(proposedOn(map)).toBe(3);
  const steps = map.steps?.map((one) => (one.key === "look" ? { ...one, moment: "service" as const } : one));
  expect(proposedOn({ ...map, steps, verdicts: [{ step: "pay" }] })).toBe(1);
});
