import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem";

/** Asks the service, and remembers what it answered. */
export const client = new QueryClient({
  defaultOptions: {
    // Where the browser has no network Lvtu may well be there: on the same machine. Who cannot be reached says so.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      refetchOnReconnect: true,
      refetchOnWindowFocus: false,
      // A refusal stays one; what did not get through is worth a second try.
      retry: (failures, error) => failures < 1 && !(error instanceof ProblemError && error.status < 500),
    },
  },
});
