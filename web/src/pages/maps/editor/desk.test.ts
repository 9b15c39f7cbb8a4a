import { expect, test } from "vitest";
import { type Answer, Desk } from "./desk";
import { whole } from "./document";
import { applied, change, put } from "./edits";

const both = (text: string) => ({ zh: text, en: text });
const MAP = {
  id: "m",
  title: both("M"),
  stages: [{ key: "a", name: both("A") }],
  steps: [{ key: "s", stage: "a", name: both("S") }],
  lanes: [{ key: "x", role: "custom", label: both("X") }],
};
const card = (key: string) => put("cards", [{ key, lane: "x", step: "s", text: both(key) }]);

/** A service that answers when it is told to. */
function service() {
  let map = whole(MAP);
  let step = 1;
  const open: { answer: () => void; refuse: () => void }[] = [];
  const refused: string[] = [];
  const desk = new Desk(MAP, 1, {
    send: (task) =>
      new Promise<Answer>((resolve, reject) => {
        open.push({
          answer: () => {
            if ("edit" in task) map = applied(map, task.edit);
            step += 1;
            resolve({ step, document: { ...map } });
          },
          refuse: () => reject(new Error("no")),
        });
      }),
    refused: (error) => refused.push(error.message),
  });
  const next = async (what: "answer" | "refuse") => {
    open.shift()?.[what]();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { desk, next, refused, waiting: () => open.length };
}

const keys = (desk: Desk) => desk.document.cards.map((one) => one.key);

test("edits show at once and go out one after the other", async () => {
  const { desk, next, waiting } = service();
  desk.edit(card("1"));
  desk.edit(card("2"));
  expect(keys(desk)).toEqual(["1", "2"]);
  expect(waiting()).toBe(1);
  await next("answer");
  expect(keys(desk)).toEqual(["1", "2"]);
  await next("answer");
  expect([keys(desk), desk.step, desk.busy]).toEqual([["1", "2"], 3, false]);
});

test("what is refused is taken back, what came after it stays", async () => {
  const { desk, next, refused } = service();
  desk.edit(card("1"));
  desk.edit(card("2"));
  await next("refuse");
  expect([keys(desk), refused]).toEqual([["2"], ["no"]]);
  await next("answer");
  expect(keys(desk)).toEqual(["2"]);
});

test("what somebody else did comes under what waits", async () => {
  const { desk, next } = service();
  desk.edit(change("steps", "s", { owner: "Tills" }));
  desk.load({ ...MAP, steps: [{ key: "s", stage: "a", name: both("Pay") }] }, 2);
  expect(desk.document.steps[0]).toMatchObject({ name: both("Pay"), owner: "Tills" });
  desk.load(MAP, 1);
  expect(desk.document.steps[0]).toMatchObject({ name: both("Pay") });
  await next("answer");
});

test("what did not change stays the same object", async () => {
  const { desk, next } = service();
  desk.edit(card("1"));
  await next("answer");
  const before = desk.document;
  desk.edit(card("2"));
  expect(desk.document.steps).toBe(before.steps);
  expect(desk.document.cards[0]).toBe(before.cards[0]);
});
