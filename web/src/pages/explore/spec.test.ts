import { describe, expect, it } from "vitest";
import type { AnalysisForm, FormField } from "@/api/types";
import { asSteps, carried, lacking, listOf, stepsOf, withField } from "./spec";

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  title: name,
  help: "",
  kind: "text",
  required: false,
  many: false,
  default: null,
  choices: null,
  group: "what",
  least: null,
  most: null,
  item: null,
  ...more,
});
const form = (name: string, ...fields: FormField[]): AnalysisForm => ({
  name,
  title: name,
  what: "",
  fields,
});

describe("a question", () => {
  it("does not say what is at its default", () => {
    const entry = field("entry", { default: "any" });
    expect(withField({ a: 1 }, entry, "first")).toEqual({ a: 1, entry: "first" });
    expect(withField({ a: 1, entry: "first" }, entry, "any")).toEqual({ a: 1 });
    expect(withField({ entry: "first" }, entry, null)).toEqual({});
    expect(withField({}, field("on", { default: true }), false)).toEqual({ on: false });
  });

  it("says a required field even where it is its default", () => {
    expect(withField({}, field("goal", { required: true, default: "x" }), "x")).toEqual({ goal: "x" });
  });

  it("lacks what is required and empty", () => {
    const asked = form("f", field("steps", { required: true }), field("by"));
    expect(lacking(asked, { by: "channel" }).map((one) => one.name)).toEqual(["steps"]);
    expect(lacking(asked, { steps: [] })).toHaveLength(1);
    expect(lacking(asked, { steps: ["A"] })).toEqual([]);
  });

  it("takes along what the next analysis knows too", () => {
    const from = form(
      "a",
      field("where", { kind: "condition" }),
      field("model", { kind: "model" }),
      field("by"),
    );
    const to = form(
      "b",
      field("where", { kind: "condition" }),
      field("model", { kind: "choice" }),
      field("by"),
    );
    expect(carried({ where: "x = 1", model: "m", by: "channel" }, from, to)).toEqual({ where: "x = 1" });
  });
});

describe("steps", () => {
  it("are events, or more", () => {
    expect(stepsOf(["A", { event: "B", optional: true }])).toEqual([
      { event: "A" },
      { event: "B", optional: true },
    ]);
    expect(stepsOf("A")).toEqual([{ event: "A" }]);
    expect(
      asSteps([
        { event: "A", where: null, optional: false },
        { event: ["B", "C"] },
        { event: "D", within: "7d" },
      ]),
    ).toEqual(["A", { event: ["B", "C"] }, { event: "D", within: "7d" }]);
    expect(listOf(null)).toEqual([]);
  });
});
