import { expect, it } from "vitest";
import { titleOf, unlike } from "./titled";

it("calls a workspace as the survey is called", () => {
  expect(titleOf("298765432_按文本_门诊患者满意度调查_612_612.xlsx")).toBe("门诊患者满意度调查");
  expect(titleOf("Guest survey_November 20, 2026_10.14.csv")).toBe("Guest survey");
  expect(titleOf("responses-2026-11-01.csv.gz")).toBe("responses");
  expect(titleOf("Member experience (Responses) - Form Responses 1.csv")).toBe("Member experience");
  expect(titleOf("2026-11-01.csv")).toBe("2026-11-01");
});

it("tells a second workspace of one survey from the first", () => {
  expect(unlike("Guests", ["Guests", "Guests 2"])).toBe("Guests 3");
  expect(unlike("Guests", ["Others"])).toBe("Guests");
});
