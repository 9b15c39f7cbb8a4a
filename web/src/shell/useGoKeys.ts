import { useEffect } from "react";
import { useNavigate } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { ALL_PLACES } from "./places";

const PATIENCE = 1200;

/** Whether keys now belong to something that is written in. */
export function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `g` and then a page's letter goes to that page. */
export function useGoKeys(): void {
  const go = useNavigate();
  const ws = useWorkspaceName();
  useEffect(() => {
    let pressed = 0;
    const onKey = (event: KeyboardEvent) => {
      if (writing(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
      const place = ALL_PLACES.find((one) => one.letter === event.key);
      if (place && event.timeStamp - pressed < PATIENCE) {
        event.preventDefault();
        go(`/w/${encodeURIComponent(ws)}/${place.path}`);
      }
      pressed = event.key === "g" ? event.timeStamp : 0;
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [go, ws]);
}
