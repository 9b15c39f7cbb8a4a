import { expect, test } from "vitest";
import { sentence } from "./sentence";

test("what is said begins with a capital letter, but for a name as it is spelt", () => {
  expect(sentence("there is no board 'x'")).toBe("There is no board 'x'");
  expect(sentence("orders.csv is no readable workbook")).toBe("orders.csv is no readable workbook");
  expect(sentence("user_id is missing")).toBe("user_id is missing");
  expect(sentence("没有这个仪表盘")).toBe("没有这个仪表盘");
  expect(sentence(null)).toBeUndefined();
});
