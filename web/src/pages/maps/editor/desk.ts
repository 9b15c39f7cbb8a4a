import { type MapDocument, shared, whole } from "./document";
import { applied, type Edit } from "./edits";

/** What the service tells of an edit. */
export interface Answer {
  step: number;
  document: Record<string, unknown>;
}

type Task = { edit: Edit } | { take: "undo" | "redo" };

export interface Calls {
  send: (task: Task, seen: number) => Promise<Answer>;
  /** The service refused a task: the map is as if it had never been asked. */
  refused: (error: Error, task: Task) => void;
}

/**
 * A map on somebody's desk: what they do shows at once, and goes to the service one after the other. What it refuses
 * is taken back; what it answers counts.
 */
export class Desk {
  step: number;
  document: MapDocument;
  #kept: MapDocument;
  #waiting: Task[] = [];
  #sending = false;
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

  edit(edit: Edit): void {
    this.#ask({ edit });
  }

  undo(): void {
    this.#ask({ take: "undo" });
  }

  redo(): void {
    this.#ask({ take: "redo" });
  }

  /** The map as the service has it now: somebody else has edited it. */
  load(document: Record<string, unknown>, step: number): void {
    if (step < this.step) return;
    this.step = step;
    this.#kept = shared(this.#kept, whole(document));
    this.#show();
  }

  #ask(task: Task): void {
    this.#waiting.push(task);
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
      try {
        const { step, document } = await this.#calls.send(task, this.step);
        this.#waiting.shift();
        this.step = Math.max(step, this.step);
        this.#kept = shared(this.#kept, whole(document));
      } catch (error) {
        this.#waiting.shift();
        this.#calls.refused(error as Error, task);
      }
      this.#show();
    }
    this.#sending = false;
    for (const told of this.#told) told();
  }
}
