import { Menu, UnstyledButton } from "@mantine/core";
import { IconHourglass, IconPlayerPause, IconPlayerPlay, IconPlus, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useSay } from "@/words/say";
import { clock, heardOf } from "./clock";
import { useLeft, useWorkshop } from "./useWorkshop";
import classes from "./Workshop.module.css";

const MORE = 60;

/** The timer that all see; who may edit sets it here. Nothing where none runs. */
export function TimerChip({ id, edits }: { id: string; edits: boolean }) {
  const say = useSay();
  const { timer, told, setTimer, takeTimer } = useWorkshop(id);
  const left = useLeft(timer, told);
  const heard = useHeard(timer?.running ? left : null);
  if (!timer) return null;
  const over = left <= 0;
  const shown = (
    <>
      <IconHourglass size={15} aria-hidden />
      {over ? say("web.maps.workshop.over") : clock(left)}
      {!timer.running && <IconPlayerPause size={13} aria-label={say("web.maps.workshop.halted")} />}
    </>
  );
  const set = (seconds: number, running = true) => setTimer.mutate({ seconds: Math.ceil(seconds), running });
  return (
    <>
      {edits ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <UnstyledButton
              className={classes.timer}
              data-over={over}
              role="timer"
              aria-label={`${say("web.maps.workshop.timer")} ${clock(left)}`}
            >
              {shown}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {!over &&
              (timer.running ? (
                <Menu.Item leftSection={<IconPlayerPause size={14} />} onClick={() => set(left, false)}>
                  {say("web.maps.workshop.halt")}
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={<IconPlayerPlay size={14} />} onClick={() => set(left)}>
                  {say("web.maps.workshop.go_on")}
                </Menu.Item>
              ))}
            <Menu.Item
              leftSection={<IconPlus size={14} />}
              onClick={() => set(Math.max(0, left) + MORE, over || timer.running)}
            >
              {say("web.maps.workshop.more")}
            </Menu.Item>
            <Menu.Item leftSection={<IconX size={14} />} onClick={() => takeTimer.mutate()}>
              {say("web.maps.workshop.take")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span className={classes.timer} data-over={over} role="timer" title={timer.by}>
          {shown}
        </span>
      )}
      <span className={classes.heard} aria-live="polite">
        {heard && say(`web.maps.workshop.heard_${heard}`)}
      </span>
    </>
  );
}

/** What is to be heard of a timer now. */
function useHeard(left: number | null): "minute" | "over" | null {
  const before = useRef(left);
  const [heard, setHeard] = useState<"minute" | "over" | null>(null);
  useEffect(() => {
    if (left !== null && before.current !== null) {
      const news = heardOf(before.current, left);
      if (news) setHeard(news);
      else if (left > 60) setHeard(null);
    }
    before.current = left;
  }, [left]);
  return heard;
}
