import { describe, expect, it } from "vitest";
import {
  fitting,
  lacking,
  leftOut,
  type Mapping,
  rolesOf,
  settled,
  withConstant,
  withLeftOut,
  withRole,
} from "./mapping";

const ORDERS: Mapping = {
  fields: {
    user_id: { column: "客户" },
    time: { column: "时间", format: ["%Y/%m/%d"] },
    event: { constant: "下单" },
  },
};

describe("which column feeds what", () => {
  it("moves a field from one column to another", () => {
    const moved = withRole(ORDERS, "会员", "user_id");
    expect(rolesOf(moved, "会员")).toEqual(["user_id"]);
    expect(rolesOf(moved, "客户")).toEqual([]);
    expect(moved.fields?.time).toEqual({ column: "时间", format: ["%Y/%m/%d"] });
  });

  it("says that each row is a customer of its own once no column says whose it is", () => {
    const nobody = withRole(ORDERS, "客户", null);
    expect(nobody.one_customer_per_row).toBe(true);
    expect(withRole(nobody, "邮箱", "identifiers.email")).not.toHaveProperty("one_customer_per_row");
  });

  it("is so from the start, but not for an export that says it by itself", () => {
    expect(settled({ fields: { time: { column: "时间" } } }).one_customer_per_row).toBe(true);
    expect(settled({ shape: "segment" })).toEqual({ shape: "segment" });
  });

  it("lacks what no event can be without", () => {
    expect(lacking(ORDERS)).toEqual([]);
    expect(lacking(withRole(ORDERS, "时间", null))).toEqual(["time"]);
    expect(lacking(withConstant(ORDERS, "event", null))).toEqual(["event"]);
    expect(lacking({ shape: "ga4" })).toEqual([]);
  });

  it("keeps a column that is called like a field from feeding it", () => {
    const plain: Mapping = { fields: { score: { column: "score" }, user_id: { column: "u" } } };
    expect(withRole(plain, "score", null).fields?.score).toBeNull();
  });

  it("leaves columns out and takes them back", () => {
    const columns = ["客户", "时间", "手机", "备注"];
    const without = withLeftOut(ORDERS, columns, "手机", true);
    expect(without.properties).toEqual(["备注"]);
    expect(leftOut(without, columns)).toEqual(["手机"]);
    expect(withLeftOut(without, columns, "手机", false)).not.toHaveProperty("properties");
  });

  it("sets what is the same for every row", () => {
    expect(withConstant(ORDERS, "event", "付款").fields?.event).toEqual({ constant: "付款" });
    expect(withConstant(ORDERS, "event", null).fields).not.toHaveProperty("event");
  });

  it("takes an example's mapping only for a file with its columns", () => {
    expect(fitting(ORDERS, ["客户", "时间", "别的"])).toBe(ORDERS);
    expect(fitting(ORDERS, ["客户"])).toBeNull();
  });
});
