import { IconCloudOff } from "@tabler/icons-react";
import { useEffect, useSyncExternalStore } from "react";
import { useSay } from "@/words/say";
import type { Desk, Task } from "./desk";
import type { Both } from "./document";
import classes from "./Unsent.module.css";

const SHOWN = 3;

/** Says that the service cannot be reached, and what of one's work it does not have yet; a tab with such asks before it closes. */
export function Unsent({ desk }: { desk: Desk }) {
  const say = useSay();
  const offline = useSyncExternalStore(desk.subscribe, () => desk.offline);
  const waiting = useSyncExternalStore(desk.subscribe, desk.waiting);
  useEffect(() => {
    if (waiting.length === 0) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [waiting.length]);
  if (!offline) return null;
  const names = waiting.map((one) => nameOf(one)?.[say.lang]).filter(Boolean);
  const shown = names.slice(0, SHOWN).map((name) => say("web.bell.quoted", { place: name ?? "" }));
  return (
    <div role="status" className={classes.unsent}>
      <IconCloudOff size={16} aria-hidden />
      <span>
        <b>{say("web.maps.edit.offline", { n: waiting.length })}</b>{" "}
        {shown.length > 0 && say("web.maps.edit.unsent", { what: shown.join(say("web.maps.edit.and")) })}{" "}
        {say("web.maps.edit.trying")}
      </span>
    </div>
  );
}

/** What people know the part by that a task makes or changes. */
function nameOf(task: Task): Both | undefined {
  if (!("edit" in task)) return undefined;
  const { made, fields, step, stage } = task.edit as Record<string, unknown>;
  for (const one of [Array.isArray(made) ? made[0] : null, fields, step, stage]) {
    const given = one as Record<string, unknown> | null;
    const words = given?.text ?? given?.name ?? given?.label ?? given?.title;
    if (words && typeof words === "object") return words as Both;
  }
  return undefined;
}
