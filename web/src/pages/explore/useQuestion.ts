import { useCallback, useMemo, useRef } from "react";
import { useParams, useSearchParams } from "react-router";
import type { Spec } from "@/api/types";
import { specOf, written } from "./address";

const TOGETHER = 2000;
const SHOWN = "~as";

/** The question that the address holds, and how to change it: each change is a step back for the browser. */
export function useQuestion() {
  const { analysis = "funnel" } = useParams();
  const [asked, setAsked] = useSearchParams();
  const last = useRef({ name: "", at: 0 });
  const spec = useMemo(() => specOf(asked), [asked]);
  const as = asked.get(SHOWN) ?? "picture";

  const set = useCallback(
    (next: Spec, changed: string) => {
      // What is typed on in one field is one step.
      const replace = last.current.name === changed && Date.now() - last.current.at < TOGETHER;
      last.current = { name: changed, at: Date.now() };
      setAsked(
        (before) => {
          const search = new URLSearchParams();
          for (const [name, value] of Object.entries(next)) search.set(name, written(value));
          const shown = before.get(SHOWN);
          if (shown) search.set(SHOWN, shown);
          return search;
        },
        { replace },
      );
    },
    [setAsked],
  );
  const show = useCallback(
    (how: string) =>
      setAsked(
        (before) => {
          const search = new URLSearchParams(before);
          if (how === "picture") search.delete(SHOWN);
          else search.set(SHOWN, how);
          return search;
        },
        { replace: true },
      ),
    [setAsked],
  );
  return { analysis, spec, set, as, show };
}
