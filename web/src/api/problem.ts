/** A refusal as the service words it: what was wrong, what exists, what to try. */
export interface ProblemBody {
  status: number;
  title: string;
  code: string;
  what: string;
  known?: string[] | string | null;
  try?: string | null;
}

export class ProblemError extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.what);
    this.name = "ProblemError";
    this.body = body;
  }

  get status(): number {
    return this.body.status;
  }
}

/** Whether an error is a refusal by one of these codes. */
export function refusedBy(error: Error | null, codes: string[]): boolean {
  return error instanceof ProblemError && codes.includes(error.body.code);
}

/** The service did not answer at all: it is down, or there is no way to it. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}
