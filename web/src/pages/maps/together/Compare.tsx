import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { IconArrowLeft, IconArrowRight } from "@tabler/icons-react";
import { useState } from "react";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { type MapOf, useMaps } from "../useMaps";
import classes from "./Compare.module.css";
import { Courses } from "./Courses";
import type { Part } from "./panel";
import { show } from "./picture";
import talk from "./Talk.module.css";
import { type DiffRow, useDiff } from "./usePast";

const KINDS = ["added", "removed", "changed", "moved"] as const;
const SHOWN = new Set<string>(["stages", "steps", "lanes", "cards"]);

interface Props {
  found: MapOf;
  start: [string, string];
  onBack: () => void;
}

/** What is otherwise, cell by cell: between now, a version, and another map. */
export function Compare({ found, start, onBack }: Props) {
  const say = useSay();
  const maps = useMaps().data?.maps ?? [];
  const choices = [
    { value: "now", label: say("web.maps.together.now") },
    ...[...found.versions].reverse().map((one) => ({
      value: `${one.number}`,
      label: say("web.maps.together.version", { n: one.number, name: one.name }),
    })),
    ...maps.filter((one) => one.id !== found.id).map((one) => ({ value: one.id, label: one.title })),
  ];
  const first = choices.find((one) => one.value !== "now")?.value ?? "";
  const [before, setBefore] = useState(start[0] || first);
  const [after, setAfter] = useState(start[1]);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        className={talk.answer}
        leftSection={<IconArrowLeft size={12} />}
        onClick={onBack}
      >
        {say("web.maps.together.versions")}
      </Button>
      <div className={classes.sides}>
        <NativeSelect
          size="xs"
          label={say("web.maps.together.before")}
          value={before}
          data={choices}
          onChange={(event) => setBefore(event.currentTarget.value)}
        />
        <IconArrowRight size={14} aria-hidden="true" />
        <NativeSelect
          size="xs"
          label={say("web.maps.together.after")}
          value={after}
          data={choices}
          onChange={(event) => setAfter(event.currentTarget.value)}
        />
      </div>
      {before && before !== after ? (
        <Otherwise id={found.id} before={before} after={after} />
      ) : (
        <p className={talk.soft}>{say("web.maps.together.same")}</p>
      )}
    </>
  );
}

function Otherwise({ id, before, after }: { id: string; before: string; after: string }) {
  const say = useSay();
  const found = useDiff(id, before, after);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={160} />;
  const { groups, counts, paths } = found.data;
  if (groups.length === 0) return <p className={talk.soft}>{say("web.maps.together.same")}</p>;
  return (
    <>
      <Courses paths={paths} />
      <p className={classes.counts}>
        {KINDS.filter((one) => counts[one]).map((one) => (
          <span key={one} className={classes.kind} data-kind={one}>
            {say(`web.maps.together.counts.${one}`, { n: counts[one] ?? 0 })}
          </span>
        ))}
      </p>
      {groups.map((group) => (
        <section key={group.step ?? ""} className={classes.group}>
          <h3>{group.step === null ? say("web.maps.together.whole") : group.name}</h3>
          {group.rows.map((row) => (
            <Changed key={`${row.part}/${row.key}/${row.field}/${row.kind}`} row={row} />
          ))}
        </section>
      ))}
    </>
  );
}

function Changed({ row }: { row: DiffRow }) {
  const say = useSay();
  const title = [row.lane, row.called, row.field].filter(Boolean).join(" · ");
  const whole = row.kind === "added" || row.kind === "removed";
  return (
    <div className={classes.row}>
      <div className={talk.by}>
        <span className={classes.kind} data-kind={row.kind}>
          {say(`web.maps.together.kinds.${row.kind}`)}
        </span>
        {SHOWN.has(row.part) && row.kind !== "removed" ? (
          <button
            type="button"
            className={talk.place}
            onClick={() => show({ part: row.part as Part, key: row.key })}
          >
            <span>{title}</span>
          </button>
        ) : (
          <span className={talk.soft}>{title}</span>
        )}
      </div>
      {row.kind === "moved" && <p className={talk.body}>{row.name}</p>}
      {row.kind === "removed" && <del>{row.was}</del>}
      {row.kind === "added" && <ins>{row.now}</ins>}
      {!whole && row.kind !== "moved" && (
        <>
          {row.part !== "map" && row.name !== row.now && <p className={talk.body}>{row.name}</p>}
          <del>{row.was || "—"}</del>
          <ins>{row.now || "—"}</ins>
        </>
      )}
    </div>
  );
}
