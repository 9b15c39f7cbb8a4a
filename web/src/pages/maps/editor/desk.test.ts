import { expect, test } from "vitest";
import { type Answer, type Calls, Desk, type Task, type Unsent } from "./desk";
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

/** A service that answers when it is told to, and whose answers may be lost on the way. */
function service() {
  let map = whole(MAP);
  let step = 1;
  const open: { task: Task; done: (how: "answer" | "refuse" | "lose" | "never") => void }[] = [];
  const made = new Set<string>();
  const paused: (() => void)[] = [];
  const refused: string[] = [];
  const kept: Unsent[] = [];
  const answer = (): Answer => ({ step, document: { ...map } });
  const fresh = () => new Desk(MAP, 1, calls);
  const calls: Calls = {
    keep: (unsent) => kept.push(unsent) > 0,
    send: (task) =>
      new Promise<Answer>((resolve, reject) => {
        const done = (how: "answer" | "refuse" | "lose" | "never") => {
          if (how === "refuse") return reject(new Error("no"));
          if (how === "never") return reject(new Error("away"));
          if (!made.has(task.once)) {
            if ("edit" in task) map = applied(map, task.edit);
            step += 1;
            made.add(task.once);
          }
          return how === "lose" ? reject(new Error("away")) : resolve(answer());
        };
        open.push({ task, done });
      }),
    refused: (error) => refused.push(error.message),
    away: (error) => error.message === "away",
    pause: () => new Promise((resolve) => paused.push(resolve)),
  };
  const desk = fresh();
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const next = async (how: "answer" | "refuse" | "lose" | "never") => {
    open.shift()?.done(how);
    await settle();
  };
  const again = async () => {
    paused.shift()?.();
    await settle();
  };
  return {
    desk,
    fresh,
    last: () => kept.at(-1) as Unsent,
    next,
    again,
    refused,
    waiting: () => open.length,
    asked: () => open[0]?.task,
  };
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

test("what cannot be sent waits and is sent again, in order", async () => {
  const { desk, next, again, waiting } = service();
  desk.edit(card("1"));
  desk.edit(card("2"));
  await next("never");
  expect([desk.offline, desk.waiting().length, keys(desk)]).toEqual([true, 2, ["1", "2"]]);
  desk.edit(card("3"));
  await again();
  await next("never");
  expect([desk.offline, desk.waiting().length, waiting()]).toEqual([true, 3, 0]);
  await again();
  for (const _ of [1, 2, 3]) await next("answer");
  expect([desk.offline, desk.waiting().length, keys(desk), desk.step]).toEqual([
    false,
    0,
    ["1", "2", "3"],
    4,
  ]);
});

test("what came though its answer was lost is sent once more and made once", async () => {
  const { desk, next, again, waiting } = service();
  desk.edit(card("1"));
  desk.edit(card("2"));
  await next("lose");
  desk.load({ ...MAP, cards: [{ key: "1", lane: "x", step: "s" }] }, 2); // others' changes are asked for all the while
  await again();
  await next("answer");
  expect([desk.offline, desk.step, desk.waiting().length, waiting()]).toEqual([false, 2, 1, 1]);
  await next("answer");
  expect([keys(desk), desk.step]).toEqual([["1", "2"], 3]);
});

test("an answer that comes late does not bring back what was before", async () => {
  const { desk, next } = service();
  desk.edit(card("1"));
  desk.load({ ...MAP, cards: [{ key: "1" }, { key: "theirs" }] }, 3);
  await next("answer"); // of step 2
  expect([keys(desk), desk.step]).toEqual([["1", "theirs"], 3]);
});

test("what is taken back offline is gone at once, and takes nothing else back where it is refused", async () => {
  const { desk, next, again, asked, waiting } = service();
  desk.edit(card("1"));
  await next("answer");
  desk.edit(card("2"));
  await next("never");
  desk.undo();
  expect(keys(desk)).toEqual(["1"]);
  desk.redo();
  expect(keys(desk)).toEqual(["1", "2"]);
  desk.undo();
  await again();
  expect(asked()).toMatchObject({ edit: card("2") });
  await next("refuse");
  // It would have taken back the first one; and whoever took it back need not hear of it.
  expect([waiting(), desk.waiting(), desk.refusals(), keys(desk)]).toEqual([0, [], [], ["1"]]);
});

test("an edit tells the step that was seen when it was made, not when it is sent", async () => {
  const { desk, next, again, asked, refused } = service();
  desk.edit(card("1"));
  await next("never");
  desk.load({ ...MAP, title: both("N") }, 7);
  await again();
  expect(asked()?.seen).toBe(1);
  await next("refuse");
  expect([refused, keys(desk), desk.offline]).toEqual([["no"], [], false]);
});

test("what a closed tab could not send is sent by the next one, and what had come is not sent twice", async () => {
  const { desk, fresh, last, next, waiting } = service();
  for (const key of ["1", "2", "3"]) desk.edit(card(key));
  await next("lose"); // the first came, and the tab goes before it hears of it
  expect(last().tasks.length).toBe(3);
  const other = fresh();
  other.restore(last());
  await new Promise((resolve) => setTimeout(resolve));
  expect(keys(other)).toEqual(["1", "2", "3"]);
  expect(waiting()).toBeGreaterThan(0);
  while (waiting()) await next("answer");
  expect([keys(other), other.waiting().length, other.busy]).toEqual([["1", "2", "3"], 0, false]);
  expect(last()).toMatchObject({ tasks: [], refusals: [] });
});

test("what was made offline and is refused stays until somebody decides", async () => {
  const { desk, next, again, last } = service();
  desk.edit(card("1"));
  await next("never");
  desk.edit(card("2"));
  await again();
  await next("refuse");
  await next("answer");
  expect(desk.refusals().map((one) => one.why)).toEqual(["no"]);
  expect(last().refusals.length).toBe(1);
  const [refusal] = desk.refusals();
  if (refusal) desk.insist(refusal);
  await next("refuse");
  expect(desk.refusals().length).toBe(1);
  const [anew] = desk.refusals();
  if (anew) desk.forget(anew);
  expect([desk.refusals(), last().refusals, keys(desk)]).toEqual([[], [], ["2"]]);
});
