/** The sets of a MaxDiff question: the same as the service works out (`maxdiff.py`, which says how they are balanced). */

import type { MaxDiff, Option, Survey } from "../definition.ts";
import { shuffled } from "./order.ts";
import { sha256 } from "./sha256.ts";

export const DESIGNS = 64;

/** How often each two numbers stand in the same set. */
type Met = number[][];

export function designOf(survey: Survey, question: MaxDiff, response: string): number {
  return Number.parseInt(sha256(`${survey.key}/${question.key}/${response}`).slice(0, 2), 16) % DESIGNS;
}

/** How many sets are shown. */
export function manyOf({ options, size = 4, sets }: MaxDiff): number {
  return sets || Math.ceil((3 * options.length) / Math.min(size, options.length));
}

export function setsOf(question: MaxDiff, design: number): Option[][] {
  const { key, options, size = 4 } = question;
  const order = shuffled(options, `${key}/${design}`);
  return plan(options.length, size, manyOf(question)).map((places, at) =>
    shuffled(
      places.map((place) => order[place] as Option),
      `${key}/${design}/${at + 1}`,
    ),
  );
}

const plans = new Map<string, number[][]>();

function plan(options: number, size: number, sets: number): number[][] {
  const name = [options, size, sets].join();
  const known = plans.get(name);
  if (known) return known;
  const times = Array<number>(options).fill(0);
  const met: Met = times.map(() => [...times]);
  const found: number[][] = [];
  while (found.length < sets) {
    const chosen: number[] = [];
    while (chosen.length < Math.min(size, options)) chosen.push(least(times, met, chosen));
    for (const [at, one] of chosen.entries()) {
      times[one] = (times[one] as number) + 1;
      meet(met, one, chosen.slice(0, at), 1);
    }
    found.push(chosen);
  }
  let going = true;
  while (going) {
    going = false;
    for (const left of found) for (const right of found) going = changed(met, left, right) || going;
  }
  plans.set(name, found);
  return found;
}

/** What was shown least; of these, what met the others of the set least. */
function least(times: number[], met: Met, chosen: number[]): number {
  const left = times.map((_, one) => one).filter((one) => !chosen.includes(one));
  const meetings = (one: number) => chosen.reduce((sum, other) => sum + timesOf(met, one, other), 0);
  left.sort(
    (one, other) => (times[one] ?? 0) - (times[other] ?? 0) || meetings(one) - meetings(other) || one - other,
  );
  return left[0] as number;
}

function timesOf(met: Met, one: number, other: number): number {
  return met[one]?.[other] ?? 0;
}

/** Let numbers of two sets change places where that spreads the meetings; whether any did. */
function changed(met: Met, left: number[], right: number[]): boolean {
  let found = false;
  for (let at = 0; at < left.length; at++) {
    for (let to = 0; to < right.length; to++) {
      const [one, other] = [left[at] as number, right[to] as number];
      if (right.includes(one) || left.includes(other)) continue;
      const spread = (away: number, here: number, mates: number[], others: number[]) =>
        mates
          .filter((mate) => mate !== away && !others.includes(mate))
          .reduce((sum, mate) => sum + timesOf(met, away, mate) - timesOf(met, here, mate) - 1, 0);
      if (spread(one, other, left, right) + spread(other, one, right, left) <= 0) continue;
      for (const [number, before, after] of [
        [one, left, right],
        [other, right, left],
      ] as const) {
        const without = (set: number[]) => set.filter((mate) => mate !== one && mate !== other);
        meet(met, number, without(before), -1);
        meet(met, number, without(after), 1);
      }
      [left[at], right[to]] = [other, one];
      found = true;
    }
  }
  return found;
}

function meet(met: Met, one: number, others: number[], by: number): void {
  for (const other of others)
    for (const [here, there] of [
      [one, other],
      [other, one],
    ] as const) {
      const row = met[here] as number[];
      row[there] = (row[there] ?? 0) + by;
    }
}
