import { describe, expect, it } from "vitest";
import type { ProblemBody } from "@/api/problem";
import type { AnalysisForm, FormField } from "@/api/types";
import { renamed, wrongIn } from "./wrong";

const field = (name: string, kind: FormField["kind"]) => ({ name, kind }) as FormField;
const FORM = {
  fields: [
    field("where", "condition"),
    field("steps", "steps"),
    field("by", "field"),
    field("segment", "segment"),
    field("period", "choice"),
  ],
} as AnalysisForm;

function refused(body: Record<string, unknown>): ProblemBody {
  return { status: 400, title: "", what: "There is none", try: "did you mean it?", ...body } as ProblemBody;
}

describe("what the service refuses is told where it is said", () => {
  it("finds the field that names what there is not", () => {
    const spec = { where: "A = 'x'", steps: ["A", { event: ["B", "C"] }], by: "C" };
    const event = refused({ code: "unknown_event", name: "C", near: "D" });
    expect(wrongIn(FORM, spec, event)).toMatchObject({ field: "steps", name: "C", near: "D" });
    expect(wrongIn(FORM, spec, refused({ code: "unknown_property", name: "C" }))?.field).toBe("by");
    expect(
      wrongIn(FORM, { by: "D", where: "A = 'x'" }, refused({ code: "unknown_property", name: "A" })),
    ).toEqual({
      field: "where",
      name: "A",
      near: null,
      told: "There is none. did you mean it?",
    });
  });

  it("finds an option that does not fit, a field that holds numbers, a condition that cannot be read", () => {
    const spec = { period: "dai", by: "value", where: "channel =" };
    expect(wrongIn(FORM, spec, refused({ code: "bad_option", option: "period" }))).toMatchObject({
      field: "period",
      name: "dai",
    });
    expect(wrongIn(FORM, spec, refused({ code: "no_groups", by: "value" }))?.field).toBe("by");
    expect(wrongIn(FORM, spec, refused({ code: "expected", condition: "channel =" }))?.field).toBe("where");
  });

  it("says nothing of what no field says", () => {
    expect(wrongIn(FORM, { by: "plan" }, refused({ code: "unknown_event", name: "A" }))).toBeNull();
    expect(wrongIn(FORM, { by: "plan" }, refused({ code: "busy" }))).toBeNull();
  });

  it("takes what was meant in its place", () => {
    expect(renamed(["A", { event: ["B", "A"], where: "x = 'A'" }], "A", "Z")).toEqual([
      "Z",
      { event: ["B", "Z"], where: "x = 'Z'" },
    ]);
  });
});
