import { type MapDocument, newKey, shared, whole } from "./document";
import { applied, type Edit } from "./edits";

/** What the service tells of an edit. */
export interface Answer {
  step: number;
  document: Record<string, unknown>;
}

export type Task = (
  | { edit: Edit }
  | {
      take: "undo" | "redo";
      /** The edit that this takes back or does again, where that waits, too. */
      of?: string;
    }
) & {
  /** The step of the map that whoever did it saw: what others did behind it is not written over. */
  seen: number;
  /** What the service knows it by: sent once more, it is not made once more. */
  once: string;
};

/** An edit that was made while the service was away, and that it did not take later. */
export interface Refusal {
  task: Task;
  /** What the service said. */
  why: string;
}

/** What of somebody's work is nowhere but here. */
export interface Unsent {
  tasks: readonly Task[];
  refusals: readonly Refusal[];
}

export interface Calls {
  /** Keeps what is nowhere else, for when the tab is gone; whether the browser does. Where both lists are empty nothing is left. */
  keep: (unsent: Unsent) => boolean;
  send: (task: Task) => Promise<Answer>;
  /** The service refused a task: the map is as if it had never been asked. */
  refused: (error: Error, task: Task) => void;
  /** Whether an error says that the service cannot be reached: then it is asked again. */
  away: (error: Error) => boolean;
  /** Waits for another try, the longer the more there were. */
  pause: (tries: number) => Promise<void>;
}

/**
 * A map on somebody's desk: what they do shows at once, and goes to the service one after the other. What it refuses
 * is taken back; what it answers counts. While it cannot be reached, what was done waits, and is sent again.
 */
export class Desk {
  step: number;
  document: MapDocument;
  #kept: MapDocument;
  #waiting: readonly Task[] = [];
  #sending = false;
  #tries = 0;
  /** What was made while the service was away: whoever made it may have gone on since. */
  #late = new Set<Task>();
  #refusals: readonly Refusal[] = [];
  #safe = true;
  #told = new Set<() => void>();
  readonly #calls: Calls;

  constructor(document: Record<string, unknown>, step: number, calls: Calls) {
    this.step = step;
    this.#kept = whole(document);
    this.document = this.#kept;
    this.#calls = calls;
  }

  subscribe = (told: () => void): (() => void) => {
    this.#told.add(told);
    return () => this.#told.delete(told);
  };

  seen = (): MapDocument => this.document;

  /** Whether something is on its way to the service. */
  get busy(): boolean {
    return this.#sending;
  }

  /** Whether the service cannot be reached. */
  get offline(): boolean {
    return this.#tries > 0;
  }

  /** Whether what waits outlives the tab. */
  get kept(): boolean {
    return this.#safe;
  }

  /** What the service does not have yet, in order. */
  waiting = (): readonly Task[] => this.#waiting;

  /** What was made while the service was away and was not taken. */
  refusals = (): readonly Refusal[] => this.#refusals;

  /** Goes on with what another tab could not send. */
  restore({ tasks, refusals }: Unsent): void {
    this.#waiting = [...this.#waiting, ...tasks];
    this.#refusals = [...this.#refusals, ...refusals];
    for (const task of tasks) this.#late.add(task);
    this.#show();
    void this.#send();
    this.#keep();
  }

  /** Makes a refused edit once more, over what others did; one that still cannot be is refused anew. */
  insist(refusal: Refusal): void {
    this.forget(refusal);
    if (!("edit" in refusal.task)) return;
    const task = { edit: refusal.task.edit, seen: this.step, once: newKey() };
    this.#late.add(task);
    this.#ask(task);
  }

  /** Lets go of a refused edit. */
  forget(refusal: Refusal): void {
    this.#refusals = this.#refusals.filter((one) => one !== refusal);
    this.#keep();
    this.#show();
  }

  edit(edit: Edit): void {
    this.#ask({ edit, seen: this.step, once: newKey() });
  }

  undo(): void {
    this.#take("undo");
  }

  redo(): void {
    this.#take("redo");
  }

  /** The map as the service has it now: somebody else has edited it. */
  load(document: Record<string, unknown>, step: number): void {
    this.#now({ step, document });
    this.#show();
  }

  /** The map as the service tells it, unless something newer was heard before. */
  #now({ step, document }: Answer): void {
    if (step < this.step) return;
    this.step = step;
    this.#kept = shared(this.#kept, whole(document));
  }

  #take(take: "undo" | "redo"): void {
    const { made, back } = stacks(this.#waiting);
    const of = (take === "undo" ? made : back).at(-1);
    this.#ask({ take, seen: this.step, once: newKey(), ...(of ? { of } : {}) });
  }

  #ask(task: Task): void {
    this.#waiting = [...this.#waiting, task];
    if (this.offline) this.#late.add(task);
    this.#show();
    void this.#send();
    this.#keep();
  }

  #keep(): void {
    this.#safe = this.#calls.keep({ tasks: this.#waiting, refusals: this.#refusals });
  }

  #show(): void {
    const { taken } = stacks(this.#waiting);
    const seen = this.#waiting.reduce(
      (map, task) => ("edit" in task && !taken.has(task.once) ? applied(map, task.edit) : map),
      this.#kept,
    );
    this.document = shared(this.document, seen);
    for (const told of this.#told) told();
  }

  /** What was to take back a refused edit has nothing to take back: it would take back what stands before that. */
  #refuse(task: Task, error: Error): void {
    const taken = stacks(this.#waiting).taken.has(task.once);
    this.#waiting = this.#waiting.filter((one) => !("take" in one) || one.of !== task.once);
    if (taken) return;
    if (this.#late.has(task)) this.#refusals = [...this.#refusals, { task, why: error.message }];
    this.#calls.refused(error, task);
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let task = this.#waiting[0]; task; task = this.#waiting[0]) {
      try {
        this.#now(await this.#calls.send(task));
      } catch (error) {
        if (this.#calls.away(error as Error)) {
          this.#tries += 1;
          for (const one of this.#waiting) this.#late.add(one);
          this.#show();
          await this.#calls.pause(this.#tries);
          continue;
        }
        this.#refuse(task, error as Error);
      }
      this.#tries = 0;
      this.#late.delete(task);
      this.#waiting = this.#waiting.slice(1);
      this.#keep();
      this.#show();
    }
    this.#sending = false;
    for (const told of this.#told) told();
  }
}

interface Stacks {
  /** Edits that stand, and those that can be done again; what comes next is last. Empty: one that does not wait. */
  made: string[];
  back: string[];
  /** Edits that were taken back. */
  taken: Set<string>;
}

/** What becomes of edits that wait, by what takes them back and does them again behind them. */
function stacks(waiting: readonly Task[]): Stacks {
  const found: Stacks = { made: [], back: [], taken: new Set() };
  for (const task of waiting) {
    if ("edit" in task) {
      found.made.push(task.once);
      found.back = [];
      continue;
    }
    const of = task.of ?? "";
    const [from, to] = task.take === "undo" ? [found.made, found.back] : [found.back, found.made];
    from.pop();
    to.push(of);
    if (task.take === "undo") found.taken.add(of);
    else found.taken.delete(of);
  }
  return found;
}
