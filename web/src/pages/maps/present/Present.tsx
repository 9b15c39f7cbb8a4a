import { ActionIcon, FocusTrap, Progress } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconListDetails, IconMaximize, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { asking, useAddress } from "@/hooks/useAddress";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { FrameList } from "./FrameList";
import classes from "./Present.module.css";
import { Shown } from "./Shown";
import { after, swiped } from "./steps";
import { useFrames } from "./useFrames";
import { useSwipe } from "./useSwipe";

/** A map frame by frame, over the whole window: what is shown is counted when it is looked at. */
export function Present() {
  const say = useSay();
  const { id = "" } = useParams();
  const found = useFrames(id);
  const frames = found.data?.frames ?? [];
  const [at, go] = useAt(frames.length);
  const frame = frames[at];
  const [listed, setListed] = useState(false);
  const { may } = useRole();
  const leave = useLeave(id);
  const moves = useRef<HTMLDivElement>(null);
  useWindowEvent("keydown", (event) => {
    if (listed || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !document.fullscreenElement) return leave();
    if (event.key === "f") return fill();
    if (ownKey(event, moves.current)) return;
    const next = after(event.key, at, frames.length);
    if (next === null) return;
    event.preventDefault();
    go(next);
  });
  const swipe = useSwipe(moves, (right, down) => {
    const next = swiped(right, down, at, frames.length);
    if (next !== null) go(next);
  });
  return (
    <Page title={found.data?.title ?? say("web.maps.present.name")} bare>
      <FocusTrap active>
        <section className={classes.screen} aria-label={say("web.maps.present.name")} {...swipe}>
          <header className={classes.head}>
            <h1 tabIndex={-1} data-autofocus aria-live="polite">
              {frame?.title ?? ""}
            </h1>
            <div className={classes.tools}>
              {may("editor") && (
                <Tool label={say("web.maps.present.frames")} onClick={() => setListed(true)}>
                  <IconListDetails size={18} />
                </Tool>
              )}
              <Tool label={say("web.maps.present.fill")} onClick={fill}>
                <IconMaximize size={18} />
              </Tool>
              <Tool label={say("web.maps.present.end")} onClick={leave}>
                <IconX size={18} />
              </Tool>
            </div>
          </header>
          {found.error ? (
            <Problem error={found.error} retry={() => found.refetch()} />
          ) : (
            <Shown id={id} frame={frame?.key} moves={moves} />
          )}
          {frame?.text && (
            <p className={classes.text} aria-live="polite">
              {frame.text}
            </p>
          )}
          <footer className={classes.foot}>
            <span>{found.data?.footer}</span>
            <div className={classes.steps}>
              <Tool label={say("web.maps.present.back")} onClick={() => go(at - 1)} disabled={at === 0}>
                <IconChevronLeft size={18} />
              </Tool>
              <span aria-live="polite">{say("web.maps.present.at", { at: at + 1, all: frames.length })}</span>
              <Tool
                label={say("web.maps.present.on")}
                onClick={() => go(at + 1)}
                disabled={at >= frames.length - 1}
              >
                <IconChevronRight size={18} />
              </Tool>
            </div>
          </footer>
          <Progress
            className={classes.progress}
            size={3}
            radius={0}
            value={frames.length ? (100 * (at + 1)) / frames.length : 0}
            aria-label={say("web.maps.present.progress")}
          />
        </section>
      </FocusTrap>
      {found.data && (
        <FrameList id={id} found={found.data} opened={listed} onClose={() => setListed(false)} onShow={go} />
      )}
    </Page>
  );
}

function Tool({
  label,
  onClick,
  disabled,
  children,
}: {
  label: string;
  onClick: () => void;
  disabled?: boolean;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={34}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}

/** Whether a key is meant for what has the keys: it presses a button, or moves a frame that is larger than its room. */
function ownKey({ key, target }: KeyboardEvent, moves: HTMLElement | null): boolean {
  if (key === " " || key === "Enter") return target instanceof HTMLButtonElement;
  return target === moves && moves?.getAttribute("tabindex") === "0";
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => undefined);
}

/** Which frame is shown, as the address tells, counted from 1 there. */
function useAt(frames: number): [number, (at: number) => void] {
  const [search, ask] = useAddress();
  const told = Number(search.get("frame") ?? 1) - 1;
  const last = Math.max(frames - 1, 0);
  const at = Number.isInteger(told) ? Math.min(Math.max(told, 0), last) : 0;
  const go = (next: number) => ask({ frame: String(Math.min(Math.max(next, 0), last) + 1) });
  return [at, go];
}

function useLeave(id: string) {
  const go = useNavigate();
  const ws = useWorkspaceName();
  const [search] = useSearchParams();
  return () => {
    const kept = asking(search, { frame: null });
    if (document.fullscreenElement) document.exitFullscreen();
    go({ pathname: `/w/${encodeURIComponent(ws)}/maps/${id}`, search: kept.toString() });
  };
}
