import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./Interviews.module.css";
import type { Interview } from "./types";

/** What was recorded, to be heard beside its text. */
export function Recording({ text }: { text: Interview }) {
  const say = useSay();
  const ws = useWorkspaceName();
  if (!text.recording) return null;
  return (
    // biome-ignore lint/a11y/useMediaCaption: its text stands below
    <audio
      className={classes.sound}
      controls
      preload="metadata"
      src={of(ws, "interviews", text.id, "recording")}
      aria-label={say("web.interviews.recording", { name: text.recording.name })}
    />
  );
}
