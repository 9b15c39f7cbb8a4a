import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { keep } from "./keeping";

const KEY = ["piece", "shop", "1", "en"];

/** A question that is answered when it is told to. */
function asked<T>(client: QueryClient) {
  let answer: (found: T) => void = () => undefined;
  const found = client.fetchQuery({
    queryKey: KEY,
    queryFn: ({ signal: _ }) => new Promise<T>((resolve) => (answer = resolve)),
  });
  return { answer: (one: T) => answer(one), over: found.catch(() => undefined) };
}

test("what was asked before a change does not put back what was there then", async () => {
  for (const before of [undefined, { version: 1, status: "open" }]) {
    const client = new QueryClient();
    if (before) client.setQueryData(KEY, before);
    const question = asked(client);
    await keep(client, KEY, { version: 2, status: "done" });
    question.answer({ version: 1, status: "open" });
    await question.over;
    expect(client.getQueryData(KEY)).toEqual({ version: 2, status: "done" });
    expect(client.isFetching()).toBe(0);
  }
});

test("of two changes whose answers overtake each other the later one stays", async () => {
  const client = new QueryClient();
  await keep(client, KEY, { version: 3, status: "done" });
  await keep(client, KEY, { version: 2, status: "open" });
  expect(client.getQueryData(KEY)).toEqual({ version: 3, status: "done" });
});

test("a part of what is known is kept over the rest", async () => {
  const client = new QueryClient();
  client.setQueryData(KEY, { people: 2, timer: null });
  await keep<Record<string, unknown>>(client, KEY, (before) => before && { ...before, timer: 60 });
  expect(client.getQueryData(KEY)).toEqual({ people: 2, timer: 60 });
});
