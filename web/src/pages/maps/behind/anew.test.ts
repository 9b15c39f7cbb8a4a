import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { anew } from "./useBehind";

test("an edit is over once the map that the next one is made from is known, not only its own answer", async () => {
  const client = new QueryClient();
  const asked: ((answer: unknown) => void)[] = [];
  for (const queryKey of [
    ["map", "shop", "1"],
    ["map-picture", "shop", "1"],
  ]) {
    client.setQueryData(queryKey, "before");
    const queryFn = () => new Promise((resolve) => asked.push(resolve));
    new QueryObserver(client, { queryKey, queryFn, staleTime: Number.POSITIVE_INFINITY }).subscribe(
      () => null,
    );
  }
  let over = false;
  const done = anew(client, "shop").then(() => (over = true));
  await new Promise((resolve) => setTimeout(resolve));
  expect([asked.length, over]).toEqual([2, false]);
  asked[0]?.("after"); // of the map; the picture may come when it will
  await done;
  expect(client.getQueryData(["map", "shop", "1"])).toBe("after");
  client.clear();
});
