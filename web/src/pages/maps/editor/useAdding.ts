import { useSay } from "@/words/say";
import { newKey } from "./document";
import { newStage } from "./edits";
import type { Bench } from "./useBench";

const NEW = {
  step: ["新步骤", "New step"],
  stage: ["新阶段", "New stage"],
  lane: ["新泳道", "New lane"],
} as const;

/** What something new is called until somebody says how. */
export function newName(part: keyof typeof NEW, number?: number): { zh: string; en: string } {
  const [zh, en] = NEW[part];
  return number === undefined ? { zh, en } : { zh: `${zh} ${number}`, en: `${en} ${number}` };
}

/** Steps and stages at the end of where one is; what is new is selected. */
export function useAdding(bench: Bench) {
  const say = useSay();
  const { now } = bench;
  const addStep = (col: number) => {
    const stage = now.current.table.columns[col]?.stage;
    if (!stage) return;
    const key = newKey();
    const step = { key, stage: stage.key, name: newName("step") };
    bench.edit({ edit: "add_step", step }, say("web.maps.edit.added"));
    bench.goHead(key);
  };
  const addStage = () => {
    const { map } = now.current.table;
    const last = map.stages.at(-1);
    if (!last) return;
    const key = newKey();
    const step = { key: newKey(), stage: key, name: newName("step") };
    bench.edit(newStage(map, last, false, { key, name: newName("stage") }, step), say("web.maps.edit.added"));
    bench.goHead(key);
  };
  return { addStep, addStage };
}
