import { useRouteError } from "react-router";
import { Problem } from "./Problem";

/** Stands where a page failed to draw; the rest of the app goes on. */
export function Broken() {
  const error = useRouteError();
  return (
    <Problem
      error={error instanceof Error ? error : new Error(String(error))}
      retry={() => location.reload()}
      alone
    />
  );
}
