import { expect, test } from "vitest";
import { type Answer, Desk, type Task } from "./desk";
import { type Card, type MapDocument, whole } from "./document";
import { applied, change, type Edit, put } from "./edits";

const both = (text: string) => ({ zh: text, en: text });
const MAP = {
  id: "m",
  title: both("M"),
  stages: [{ key: "a", name: both("A") }],
  steps: [{ key: "s", stage: "a", name: both("S") }],
  lanes: [{ key: "x", role: "custom", label: both("X") }],
  cards: ["1", "2"].map((key) => ({ key, lane: "x", step: "s", text: both(key) })),
};

/** Numbers from 0 to 1 that are the same for the same seed (Marsaglia's xorshift, 32 bits). */
function dice(seed: number): () => number {
  let at = seed * 2654435761 || 1;
  return () => {
    at ^= at << 13;
    at ^= at >>> 17;
    at ^= at << 5;
    return (at >>> 0) / 2 ** 32;
  };
}

/** Lets what waits for answers go on: a few promises, one after the other. */
const turn = async () => {
  for (let n = 0; n < 12; n += 1) await null;
};
const textOf = (map: MapDocument, key: string) => map.cards.find((card) => card.key === key)?.text?.en;

/** A service for several people: it takes an edit once, and none of what others changed since it was seen. */
class Service {
  map = whole(MAP);
  step = 1;
  took = new Set<string>();
  #log: { by: string; card: string; was: string | undefined; now: string | undefined }[] = [];
  #mine = new Map<string, { done: number[]; back: number[] }>();

  take(by: string, task: Task): Answer {
    if (!this.took.has(task.once)) {
      const own = this.#mine.get(by) ?? { done: [], back: [] };
      this.#mine.set(by, own);
      if ("edit" in task) {
        const card = String((task.edit.key ?? (task.edit.made as Card[])[0]?.key) as string);
        const theirs = this.#log.slice(task.seen - 1).some((one) => one.by !== by && one.card === card);
        if (theirs) throw new Error("changed meanwhile");
        this.#write(by, task, card, applied(this.map, task.edit));
        own.done.push(this.#log.length - 1);
        own.back = [];
      } else {
        const [from, to] = task.take === "undo" ? [own.done, own.back] : [own.back, own.done];
        const one = this.#log[from.at(-1) ?? -1];
        if (!one) throw new Error("nothing to take back");
        if (textOf(this.map, one.card) !== one.now) throw new Error("changed meanwhile");
        from.pop();
        this.#write(by, task, one.card, this.#with(one.card, one.was));
        to.push(this.#log.length - 1);
      }
    }
    return this.told();
  }

  told = (): Answer => ({ step: this.step, document: { ...this.map } });

  #with(key: string, text: string | undefined): MapDocument {
    if (text === undefined) return { ...this.map, cards: this.map.cards.filter((one) => one.key !== key) };
    const there = this.map.cards.some((one) => one.key === key);
    return applied(this.map, there ? change("cards", key, { text: both(text) }) : made(key, text));
  }

  #write(by: string, { once }: Task, card: string, map: MapDocument) {
    const [was, now] = [textOf(this.map, card), textOf(map, card)];
    this.#log.push({ by, card, was, now });
    this.map = map;
    this.step += 1;
    this.took.add(once);
  }
}

const made = (key: string, text: string): Edit =>
  put("cards", [{ key, lane: "x", step: "s", text: both(text) }]);

/** A round of three people who edit, go offline, lose answers, close tabs, and come back. */
async function round(seed: number) {
  const roll = dice(seed);
  const service = new Service();
  const later: (() => void)[] = [];
  let calm = false;
  const people = ["Ann", "Bo", "Cy"].map((name) => {
    const refused: Task[] = [];
    const send = (task: Task) =>
      new Promise<Answer>((resolve, reject) => {
        const fate = calm ? 1 : roll();
        if (fate < 0.3) return reject(new Error("away"));
        try {
          const answer = service.take(name, task);
          if (fate < 0.5) reject(new Error("away"));
          else if (fate < 0.7) later.push(() => resolve(answer));
          else resolve(answer);
        } catch (error) {
          reject(error);
        }
      });
    const desk = new Desk(MAP, 1, {
      send,
      keep: () => true,
      refused: (_, task) => refused.push(task),
      away: (error) => error.message === "away",
      pause: () => new Promise((resolve) => later.push(resolve)),
    });
    return { desk, refused };
  });
  const some = <T>(list: readonly T[]): T | undefined => list[Math.floor(roll() * list.length)];
  const hear = () => later.splice(Math.floor(roll() * later.length), 1)[0]?.();
  for (let deed = 0; deed < 40; deed += 1) {
    const { desk } = some(people) as (typeof people)[number];
    const what = roll();
    const told = service.told();
    if (what < 0.25) desk.edit(made(`n${seed}-${deed}`, `${deed}`));
    else if (what < 0.5) desk.edit(change("cards", some(["1", "2"]) as string, { text: both(`w${deed}`) }));
    else if (what < 0.6) desk.undo();
    else if (what < 0.65) desk.redo();
    else if (what < 0.75) later.push(() => desk.load(told.document, told.step));
    else hear();
    if (roll() < 0.5) await turn();
  }
  calm = true;
  for (let left = 200; left > 0 && (later.length > 0 || people.some(({ desk }) => desk.busy)); left -= 1) {
    hear();
    await turn();
  }
  for (const { desk } of people)
    if (desk.step < service.step) desk.load(service.told().document, service.step);
  return { service, people };
}

test("e28: three people who edit offline end with the same map, and whatever was not kept is told", async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const { service, people } = await round(seed);
    const keys = service.map.cards.map((one) => one.key);
    expect([seed, keys]).toEqual([seed, [...new Set(keys)]]);
    for (const { desk, refused } of people) {
      expect([seed, desk.waiting().length, desk.busy, desk.offline]).toEqual([seed, 0, false, false]);
      expect([seed, desk.step, desk.document]).toEqual([seed, service.step, service.map]);
      for (const { task } of desk.refusals()) expect(refused).toContain(task);
      for (const { once } of refused) expect([seed, service.took.has(once)]).toEqual([seed, false]);
    }
  }
});
