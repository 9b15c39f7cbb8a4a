import { Button } from "@mantine/core";
import { IconCloudOff, IconCopy } from "@tabler/icons-react";
import { useEffect, useSyncExternalStore } from "react";
import { useSay } from "@/words/say";
import type { Desk, Refusal, Task } from "./desk";
import type { Both } from "./document";
import classes from "./Unsent.module.css";

const SHOWN = 3;

/**
 * Says that the service cannot be reached, and what of one's work it does not have yet; afterwards what of that it did
 * not take, and why. Where the browser keeps nothing, the tab asks before it closes.
 */
export function Unsent({ desk }: { desk: Desk }) {
  const say = useSay();
  const offline = useSyncExternalStore(desk.subscribe, () => desk.offline);
  const waiting = useSyncExternalStore(desk.subscribe, desk.waiting);
  const kept = useSyncExternalStore(desk.subscribe, () => desk.kept);
  const refusals = useSyncExternalStore(desk.subscribe, desk.refusals);
  const asks = waiting.length > 0 && !kept;
  useEffect(() => {
    if (!asks) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [asks]);
  const names = waiting.map((one) => nameOf(one)?.[say.lang]).filter(Boolean);
  const shown = names.slice(0, SHOWN).map((name) => say("web.maps.edit.quoted", { text: name ?? "" }));
  return (
    <>
      {offline && (
        <div role="status" className={classes.unsent}>
          <IconCloudOff size={16} aria-hidden />
          <span>
            <b>{say("web.maps.edit.offline", { n: waiting.length })}</b>{" "}
            {shown.length > 0 && say("web.maps.edit.unsent", { what: shown.join(say("web.maps.edit.and")) })}{" "}
            {say(kept ? "web.maps.edit.trying" : "web.maps.edit.trying_open")}
          </span>
        </div>
      )}
      {refusals.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, and come and go at the ends
        <Refused key={at} refusal={one} desk={desk} />
      ))}
    </>
  );
}

/** What was made offline and was not taken: whose it is decides what becomes of it. */
function Refused({ refusal, desk }: { refusal: Refusal; desk: Desk }) {
  const say = useSay();
  const text = nameOf(refusal.task)?.[say.lang];
  const what = text ? say("web.maps.edit.quoted", { text }) : say("web.maps.edit.an_edit");
  return (
    <div role="alert" className={classes.unsent}>
      <IconCloudOff size={16} aria-hidden />
      <span>
        <b>{say("web.maps.edit.refused_late", { what })}</b> {refusal.why}
      </span>
      <span className={classes.decide}>
        {"edit" in refusal.task && (
          <Button size="compact-sm" variant="default" onClick={() => desk.insist(refusal)}>
            {say("web.maps.edit.insist")}
          </Button>
        )}
        {text && navigator.clipboard && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={13} />}
            onClick={() => navigator.clipboard.writeText(text).catch(() => undefined)}
          >
            {say("web.do.copy")}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => desk.forget(refusal)}>
          {say("web.maps.edit.let_go")}
        </Button>
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
