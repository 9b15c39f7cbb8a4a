import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { feelingColour } from "@/parts/feelings";
import { useSay } from "@/words/say";
import classes from "./Inbox.module.css";
import type { Said } from "./types";

interface Props {
  said: Said[];
  open: string | null;
  onOpen: (id: string) => void;
  more: { has: boolean; busy: boolean; get: () => void };
}

/** What was said, a few lines each: who, when and where, and how it feels. */
export function Listed({ said, open, onOpen, more }: Props) {
  const say = useSay();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is open, which may be out of sight
  useEffect(() => {
    list.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <>
      <ul ref={list} className={classes.list} aria-label={say("web.inbox.title")}>
        {said.map((one) => (
          <li key={one.id}>
            <button type="button" aria-current={one.id === open} onClick={() => onOpen(one.id)}>
              <span className={classes.line}>
                <i
                  className={classes.dot}
                  style={{
                    background:
                      one.reading.sentiment === null ? "var(--line)" : feelingColour(one.reading.sentiment),
                  }}
                  aria-hidden="true"
                />
                <b>{one.customer.id}</b>
                <small>{one.shown}</small>
              </span>
              <span className={classes.text}>{one.text}</span>
              <span className={classes.about}>
                {[one.reading.label?.name, one.touchpoint?.name ?? one.event.name, one.channel.name]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more.has && (
        <Button variant="subtle" size="xs" fullWidth loading={more.busy} onClick={more.get}>
          {say("web.inbox.more")}
        </Button>
      )}
    </>
  );
}
