import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { ordering, putBack } from "./useBoard";

afterEach(() => vi.unstubAllGlobals());

const turn = () => new Promise((resolve) => setTimeout(resolve));

test("boards stay in the order they were put in, whatever was asked before and while that is answered", async () => {
  const client = new QueryClient();
  const queryKey = ["boards", "shop", "en"];
  const list = (ids: string) => [...ids].map((id) => ({ id }));
  const shown = () => (client.getQueryData(queryKey) as { id: string }[]).map((one) => one.id).join("");
  client.setQueryData(queryKey, list("abc"));
  const asked: ((found: unknown) => void)[] = [];
  const queryFn = ({ signal: _ }: { signal: AbortSignal }) => new Promise((resolve) => asked.push(resolve));
  new QueryObserver(client, { queryKey, queryFn }).subscribe(() => null);
  const sent: (() => void)[] = [];
  vi.stubGlobal(
    "fetch",
    () => new Promise((done) => sent.push(() => done(new Response(null, { status: 204 })))),
  );
  const order = (ids: string) =>
    new MutationObserver(client, ordering(client, "shop", "en")).mutate([...ids]);

  const first = order("bac");
  await turn();
  expect(shown()).toBe("bac");
  asked.shift()?.(list("abc")); // the list that was asked for before
  const second = order("bca");
  await turn();
  expect(shown()).toBe("bca");
  sent.shift()?.();
  await first;
  expect([shown(), asked.length]).toEqual(["bca", 0]);
  await turn();
  sent.shift()?.();
  await turn();
  asked.shift()?.(list("bca"));
  await second;
  expect(shown()).toBe("bca");
  client.clear();
});

test("a board comes back to its place, whatever came and went meanwhile", () => {
  expect(putBack(["a", "c", "new"], "new", ["a"])).toEqual(["a", "new", "c"]);
  expect(putBack(["a", "c", "new"], "new", [])).toEqual(["new", "a", "c"]);
  expect(putBack(["c", "later", "new"], "new", ["a"])).toEqual(["new", "c", "later"]);
  expect(putBack(["a", "b", "new"], "new", ["b", "a"])).toEqual(["a", "b", "new"]);
});
