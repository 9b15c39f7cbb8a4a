import { useCallback, useMemo, useRef } from "react";
import { useLocation, useParams, useSearchParams } from "react-router";
import type { Spec } from "@/api/types";
import { howOf, searchOf, specOf } from "./address";

const TOGETHER = 2000;

/** What was emptied by hand stays empty. */
const CHANGED = { changed: true };

/** The question that the address holds, and how to change it: each change is a step back for the browser. */
export function useQuestion() {
  const { analysis = "funnel" } = useParams();
  const [asked, setAsked] = useSearchParams();
  const changed: boolean = useLocation().state?.changed ?? false;
  const last = useRef({ name: "", at: 0 });
  const spec = useMemo(() => specOf(asked), [asked]);
  const how = useMemo(() => howOf(asked), [asked]);

  const set = useCallback(
    (next: Spec, changed: string) => {
      // What is typed on in one field is one step.
      const replace = last.current.name === changed && Date.now() - last.current.at < TOGETHER;
      last.current = { name: changed, at: Date.now() };
      setAsked((before) => searchOf(next, howOf(before)), { replace, state: CHANGED });
    },
    [setAsked],
  );
  /** Show it otherwise; a part that is null is left to its default. */
  const show = useCallback(
    (changed: Record<string, string | null>, replace = true) =>
      setAsked((before) => searchOf(specOf(before), { ...howOf(before), ...changed }), {
        replace,
        state: CHANGED,
      }),
    [setAsked],
  );
  /** Ask this in place of a question of which nothing is said. */
  const begin = useCallback(
    (first: Spec) => setAsked((before) => searchOf(first, howOf(before)), { replace: true }),
    [setAsked],
  );
  return { analysis, spec, how, changed, set, show, begin };
}
