import { Anchor, Button, TextInput } from "@mantine/core";
import { IconArrowRight, IconArrowsDiff } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Chip } from "@/parts/Chip";
import { Confirm } from "@/parts/Confirm";
import { Problem } from "@/parts/Problem";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import type { MapDocument } from "../document";
import type { MapOf } from "../useMaps";
import { Compare } from "./Compare";
import history from "./History.module.css";
import { Scenario } from "./Scenario";
import talk from "./Talk.module.css";
import { usePairs, useVersionActions } from "./usePast";
import { useReviews } from "./useTalk";
import classes from "./Versions.module.css";

/** The map as it was kept under names; what is otherwise since; and the same journey as it is meant to be. */
export function Versions({ found, map }: { found: MapOf; map: MapDocument }) {
  const say = useSay();
  const { id, versions, edits } = found;
  const [compared, setCompared] = useState<[string, string] | null>(null);
  const [back, setBack] = useState<number | null>(null);
  const { restore } = useVersionActions(id);
  const approved = useApproved(id);
  if (compared) return <Compare found={found} start={compared} onBack={() => setCompared(null)} />;
  return (
    <>
      {edits && <Publish id={id} map={map} />}
      {versions.length === 0 && <p className={talk.soft}>{say("web.maps.together.no_version")}</p>}
      <ol className={history.history}>
        {[...versions].reverse().map((one) => (
          <li key={one.number}>
            <span className={classes.number}>{one.number}</span>
            <div>
              <p className={talk.body}>
                <b>{one.name}</b>{" "}
                {approved.has(one.step) && (
                  <Chip tone="good">{say("web.maps.together.states.approved")}</Chip>
                )}
              </p>
              <span className={talk.soft}>
                {one.by} · {ago(one.time, say.lang)}
              </span>
              <div className={`${talk.acts} ${classes.restores}`}>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => setCompared([`${one.number}`, "now"])}
                >
                  {say("web.maps.together.compare_now")}
                </Button>
                {edits && (
                  <Button size="compact-xs" variant="subtle" onClick={() => setBack(one.number)}>
                    {say("web.maps.together.restore")}
                  </Button>
                )}
              </div>
            </div>
          </li>
        ))}
      </ol>
      <Pair id={id} map={map} edits={edits} onCompare={(other) => setCompared(pairOf(map, other))} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowsDiff size={14} />}
        onClick={() => setCompared([versions.at(-1) ? `${versions.at(-1)?.number}` : "", "now"])}
      >
        {say("web.maps.together.compare")}
      </Button>
      <Confirm
        opened={back !== null}
        onClose={() => setBack(null)}
        title={say("web.maps.together.restore_this", { n: back ?? 0 })}
        verb={say("web.maps.together.restore")}
        grave={false}
        busy={restore.isPending}
        error={restore.error}
        onConfirm={() => restore.mutate({ number: back }, { onSuccess: () => setBack(null) })}
      >
        {say("web.maps.together.restore_why")}
      </Confirm>
    </>
  );
}

/** Before and after: a journey as it is comes before how it is meant to be. */
function pairOf(map: MapDocument, other: string): [string, string] {
  return map.state === "to_be" ? [other, "now"] : ["now", other];
}

/** The steps at which the map was approved. */
function useApproved(id: string): Set<number> {
  const reviews = useReviews(id).data?.reviews ?? [];
  return new Set(reviews.filter((one) => one.state === "approved").map((one) => one.step));
}

function Publish({ id, map }: { id: string; map: MapDocument }) {
  const say = useSay();
  const { publish } = useVersionActions(id);
  const [name, setName] = useState("");
  if (!map.scenarios?.length) return <Scenario id={id} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) publish.mutate({ name: name.trim() }, { onSuccess: () => setName("") });
  };
  return (
    <form className={talk.begin} onSubmit={submit}>
      <TextInput
        label={say("web.maps.together.publish")}
        description={say("web.maps.together.publish_about")}
        placeholder={say("web.maps.together.publish_example")}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {name.trim() && (
        <div className={talk.decide}>
          <Button size="xs" type="submit" loading={publish.isPending}>
            {say("web.maps.together.do_publish")}
          </Button>
        </div>
      )}
      {publish.error && <Problem error={publish.error} />}
    </form>
  );
}

interface PairProps {
  id: string;
  map: MapDocument;
  edits: boolean;
  onCompare: (other: string) => void;
}

function Pair({ id, map, edits, onCompare }: PairProps) {
  const say = useSay();
  const ws = useWorkspaceName();
  const pairs = usePairs(id).data ?? [];
  const { toBe } = useVersionActions(id);
  const may = edits && map.state !== "to_be";
  if (pairs.length === 0 && !may) return null;
  return (
    <section className={classes.pair}>
      <h3>{say("web.maps.together.pair")}</h3>
      {pairs.map((one) => (
        <div key={one.id} className={talk.acts}>
          <Chip>{say(`web.maps.states.${one.state}`)}</Chip>
          <Anchor component={Link} to={`/w/${encodeURIComponent(ws)}/maps/${one.id}?panel=versions`}>
            {one.title} <IconArrowRight size={12} />
          </Anchor>
          <Button size="compact-xs" variant="subtle" onClick={() => onCompare(one.id)}>
            {say("web.maps.together.compare")}
          </Button>
        </div>
      ))}
      {may && (
        <>
          <p className={talk.soft}>{say("web.maps.together.to_be_about")}</p>
          <Button size="xs" variant="default" loading={toBe.isPending} onClick={() => toBe.mutate({})}>
            {say("web.maps.together.to_be")}
          </Button>
        </>
      )}
      {toBe.error && <Problem error={toBe.error} />}
    </section>
  );
}
