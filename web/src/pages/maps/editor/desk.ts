import { type MapDocument, shared, whole } from "./document";
import { applied, type Edit } from "./edits";

/** What the service tells of an edit. */
export interface Answer {
  step: number;
  document: Record<string, unknown>;
}

export type Task = ({ edit: Edit } | { take: "undo" | "redo" }) & {
  /** The step of the map that whoever did it saw: what others did behind it is not written over. */
  seen: number;
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
  /** The step behind which the first of them may have come already. */
  sent: number;
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
  /** What the service tells of a task that it got behind a step, though its answer did not come; null: it did not. */
  came: (task: Task, behind: number) => Promise<Answer | null>;
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
  #sent = 0;
  /** What was made while the service was away: whoever made it may have gone on since. */
  #late = new Set<Task>();
  /** What may have come already, though nobody here heard of it, and behind which step. */
  #perhaps = new Map<Task, number>();
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
  restore({ tasks, sent, refusals }: Unsent): void {
    this.#waiting = [...this.#waiting, ...tasks];
    this.#refusals = [...this.#refusals, ...refusals];
    for (const task of tasks) this.#late.add(task);
    if (tasks[0]) this.#perhaps.set(tasks[0], sent);
    this.#show();
    void this.#send();
    this.#keep();
  }

  /** Makes a refused edit once more, over what others did; one that still cannot be is refused anew. */
  insist(refusal: Refusal): void {
    this.forget(refusal);
    if (!("edit" in refusal.task)) return;
    const task = { edit: refusal.task.edit, seen: this.step };
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
    this.#ask({ edit, seen: this.step });
  }

  undo(): void {
    this.#ask({ take: "undo", seen: this.step });
  }

  redo(): void {
    this.#ask({ take: "redo", seen: this.step });
  }

  /** The map as the service has it now: somebody else has edited it. */
  load(document: Record<string, unknown>, step: number): void {
    if (step < this.step) return;
    this.step = step;
    this.#kept = shared(this.#kept, whole(document));
    this.#show();
  }

  #ask(task: Task): void {
    this.#waiting = [...this.#waiting, task];
    if (this.offline) this.#late.add(task);
    this.#show();
    void this.#send();
    this.#keep();
  }

  #keep(): void {
    this.#safe = this.#calls.keep({ tasks: this.#waiting, sent: this.#sent, refusals: this.#refusals });
  }

  #show(): void {
    const seen = this.#waiting.reduce(
      (map, task) => ("edit" in task ? applied(map, task.edit) : map),
      this.#kept,
    );
    this.document = shared(this.document, seen);
    for (const told of this.#told) told();
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let task = this.#waiting[0]; task; task = this.#waiting[0]) {
      // The step when it was first sent: of one's own edits only this one can have come behind it.
      const perhaps = this.offline || this.#perhaps.has(task);
      if (!this.offline) this.#sent = this.#perhaps.get(task) ?? this.step;
      try {
        const found = perhaps ? await this.#calls.came(task, this.#sent) : null;
        const { step, document } = found ?? (await this.#calls.send(task));
        this.step = Math.max(step, this.step);
        this.#kept = shared(this.#kept, whole(document));
      } catch (error) {
        if (this.#calls.away(error as Error)) {
          this.#tries += 1;
          for (const one of this.#waiting) this.#late.add(one);
          this.#show();
          await this.#calls.pause(this.#tries);
          continue;
        }
        if (this.#late.has(task)) {
          this.#refusals = [...this.#refusals, { task, why: (error as Error).message }];
        }
        this.#calls.refused(error as Error, task);
      }
      this.#tries = 0;
      this.#perhaps.delete(task);
      this.#late.delete(task);
      this.#waiting = this.#waiting.slice(1);
      this.#keep();
      this.#show();
    }
    this.#sending = false;
    for (const told of this.#told) told();
  }
}
