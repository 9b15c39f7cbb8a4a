import { SegmentedControl, Skeleton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useAddress } from "@/hooks/useAddress";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { Picture } from "../Picture";
import { useChosen } from "../view";
import classes from "./Blueprint.module.css";
import { Dependencies } from "./Dependencies";
import { FindingList } from "./FindingList";
import { Handoffs } from "./Handoffs";
import { Interactions } from "./Interactions";
import { Unowned } from "./Unowned";
import { type Finding, useBlueprint } from "./useBlueprint";

const LISTS = ["picture", "handoffs", "dependencies", "interactions", "unowned"] as const;
type List = (typeof LISTS)[number];

/** A map as a service blueprint: the picture with what is wrong with it at its side, and what it lists. */
export function Blueprint({ id }: { id: string }) {
  const say = useSay();
  const [list, setList] = useList();
  return (
    <div className={classes.blueprint}>
      <SegmentedControl
        className={classes.lists}
        aria-label={say("web.maps.blueprint.shown")}
        value={list}
        data={LISTS.map((value) => ({ value, label: say(`web.maps.blueprint.lists.${value}`) }))}
        onChange={(value) => setList(value as List)}
      />
      {list === "picture" && <Looked id={id} />}
      {list === "handoffs" && <Handoffs id={id} />}
      {list === "dependencies" && <Dependencies id={id} />}
      {list === "interactions" && <Interactions id={id} />}
      {list === "unowned" && <Unowned id={id} />}
    </div>
  );
}

/** What of the blueprint is shown, as the address tells. */
function useList(): [List, (next: List) => void] {
  const [search, ask] = useAddress();
  const list = LISTS.find((one) => one === search.get("list")) ?? "picture";
  const show = (next: List) => ask({ list: next === "picture" ? null : next });
  return [list, show];
}

function Looked({ id }: { id: string }) {
  const picture = useBlueprint(id);
  const board = useRef<HTMLDivElement>(null);
  const [, setChosen] = useChosen();
  const [marked, setMarked] = useState<Finding | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture has no marks yet
  useEffect(() => mark(board.current, marked), [marked, picture.data]);
  if (picture.error) return <Problem error={picture.error} retry={() => picture.refetch()} />;
  return (
    <div className={classes.looked}>
      {picture.isPending && <Skeleton className={classes.board} radius={12} />}
      {picture.data !== undefined && (
        <div ref={board} className={classes.board}>
          <Stale when={picture.isPlaceholderData} className={classes.fill}>
            <Picture id={id} svg={picture.data} onChoose={setChosen} />
          </Stale>
        </div>
      )}
      <FindingList id={id} marked={marked} onMark={setMarked} />
    </div>
  );
}

/** Outline what a finding is about, and bring the first of it into sight. */
function mark(board: HTMLElement | null, finding: Finding | null) {
  for (const one of board?.querySelectorAll("[data-marked]") ?? []) one.removeAttribute("data-marked");
  const parts = (finding?.parts ?? []).flatMap(({ kind, key }) => [
    ...(board?.querySelectorAll(
      `svg:not([aria-hidden]) [data-kind="${kind}"][data-key="${CSS.escape(key)}"]`,
    ) ?? []),
  ]);
  for (const part of parts) part.setAttribute("data-marked", "");
  parts[0]?.scrollIntoView({ block: "center", inline: "center" });
}
