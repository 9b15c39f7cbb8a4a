import { ProblemError, Unreachable } from "@/api/problem";

const SHORTEST_MS = 1_000;
const LONGEST_MS = 15_000;
const GATEWAYS = [502, 503, 504];

/** Whether the service could not be reached: nobody answered, or somebody before it in its place. */
export const away = (error: Error): boolean =>
  error instanceof Unreachable || (error instanceof ProblemError && GATEWAYS.includes(error.status));

/** Waits the longer the more tries there were, and no longer once the browser says that it is back. */
export const pause = (tries: number): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, Math.min(SHORTEST_MS * 2 ** (tries - 1), LONGEST_MS));
    window.addEventListener("online", go);
  });
