import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./AddLane.module.css";
import { newKey } from "./document";
import { newLane } from "./edits";
import type { Bench } from "./useBench";

const GROUPS = ["experience", "blueprint"] as const;

/** The lanes that a map can have, each with what stands in it: one press adds one, below the lane that is selected. */
export function AddLane({ bench, opened, onClose }: { bench: Bench; opened: boolean; onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.maps.edit.add_lane")} size="lg">
      <Offers bench={bench} onClose={onClose} />
    </Dialog>
  );
}

function Offers({ bench, onClose }: { bench: Bench; onClose: () => void }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const found = useQuery({
    queryKey: ["map-lanes", ws, say.lang],
    queryFn: ({ signal }) => get<Of<"MapLanes">>(of(ws, "maps", "lanes"), { lang: say.lang }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={320} />;
  const there = new Set(bench.map.lanes.map((lane) => lane.role));
  const add = ({ role, kind, label }: Of<"MapLane">) => {
    const behind = bench.table.lanes[bench.selected.at.row] ?? bench.table.lanes.at(-1);
    const lane = { key: newKey(), role, label, ...(kind === "text" ? {} : { kind: kind as "chips" }) };
    bench.edit(newLane(bench.map, lane, behind?.key ?? null), say("web.maps.edit.added"));
    bench.goHead(lane.key);
    onClose();
  };
  return (
    <div className={classes.groups}>
      {GROUPS.map((group) => (
        <section key={group}>
          <h3>{say(`web.maps.edit.group_${group}`)}</h3>
          <div className={classes.lanes}>
            {found.data.lanes
              .filter((one) => one.group === group)
              .map((one) => (
                <button key={one.role} type="button" className={classes.offer} onClick={() => add(one)}>
                  <b>{one.label[say.lang]}</b>
                  {there.has(one.role) && <small>{say("web.maps.edit.there")}</small>}
                  <span>{one.about}</span>
                </button>
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}
