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

export interface Calls {
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

  /** What the service does not have yet, in order. */
  waiting = (): readonly Task[] => this.#waiting;

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
    this.#show();
    void this.#send();
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
      if (!this.offline) this.#sent = this.step;
      try {
        const found = this.offline ? await this.#calls.came(task, this.#sent) : null;
        const { step, document } = found ?? (await this.#calls.send(task));
        this.step = Math.max(step, this.step);
        this.#kept = shared(this.#kept, whole(document));
      } catch (error) {
        if (this.#calls.away(error as Error)) {
          this.#tries += 1;
          this.#show();
          await this.#calls.pause(this.#tries);
          continue;
        }
        this.#calls.refused(error as Error, task);
      }
      this.#tries = 0;
      this.#waiting = this.#waiting.slice(1);
      this.#show();
    }
    this.#sending = false;
    for (const told of this.#told) told();
  }
}
