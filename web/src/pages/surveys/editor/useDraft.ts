import type { Survey } from "@survey/definition";
import { useCallback, useRef, useState } from "react";

/** What is typed without a pause is one step. */
const PAUSE_MS = 700;
const MOST = 100;

export interface Draft {
  draft: Survey;
  change: (draft: Survey) => void;
  /** One was kept as another: unless it was changed since, that is the one now, and there is nothing to take back. */
  saved: (draft: Survey, kept: Survey) => void;
  undo?: () => void;
  redo?: () => void;
}

interface Steps {
  past: Survey[];
  now: Survey;
  future: Survey[];
}

/** A draft with its steps, which can be taken back and done again. */
export function useDraft(first: Survey): Draft {
  const [steps, setSteps] = useState<Steps>({ past: [], now: first, future: [] });
  const last = useRef(0);
  const change = useCallback((draft: Survey) => {
    const time = Date.now();
    const goesOn = time - last.current < PAUSE_MS;
    last.current = time;
    setSteps(({ past, now }) => ({
      past: goesOn && past.length ? past : [...past, now].slice(-MOST),
      now: draft,
      future: [],
    }));
  }, []);
  const saved = useCallback((draft: Survey, kept: Survey) => setSteps(keptAs(draft, kept)), []);
  const step = (way: (steps: Steps) => Steps) => () => {
    last.current = 0;
    setSteps(way);
  };
  const { past, now, future } = steps;
  return {
    draft: now,
    change,
    saved,
    undo: past.length ? step(undone) : undefined,
    redo: future.length ? step(redone) : undefined,
  };
}

export const keptAs =
  (draft: Survey, kept: Survey) =>
  (steps: Steps): Steps =>
    steps.now === draft ? { past: [], now: kept, future: [] } : steps;

export function undone({ past, now, future }: Steps): Steps {
  const before = past[past.length - 1];
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : { past, now, future };
}

export function redone({ past, now, future }: Steps): Steps {
  const [next, ...rest] = future;
  return next ? { past: [...past, now], now: next, future: rest } : { past, now, future };
}
