import { type RefObject, useEffect, useState } from "react";

export interface Present {
  on: boolean;
  begin: () => void;
  end: () => void;
}

/** Shows one part of the page alone: on the whole screen where the browser lets it, else in the whole window. */
export function usePresent(part: RefObject<HTMLElement | null>): Present {
  const [on, setOn] = useState(false);
  useEffect(() => {
    if (!on) return;
    const left = () => document.fullscreenElement || setOn(false);
    const escaped = (event: KeyboardEvent) => event.key === "Escape" && setOn(false);
    document.addEventListener("fullscreenchange", left);
    document.addEventListener("keydown", escaped);
    return () => {
      document.removeEventListener("fullscreenchange", left);
      document.removeEventListener("keydown", escaped);
    };
  }, [on]);
  return {
    on,
    begin: () => {
      setOn(true);
      part.current?.requestFullscreen?.().catch(() => undefined);
    },
    end: () => {
      setOn(false);
      if (document.fullscreenElement) void document.exitFullscreen();
    },
  };
}
