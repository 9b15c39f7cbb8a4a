import { Button, Checkbox, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Problem } from "@/parts/Problem";
import { Unbroken } from "@/parts/Unbroken";
import { useSay } from "@/words/say";
import classes from "./Blueprint.module.css";
import { RuleList } from "./RuleList";
import { type Finding, useFindings, useWaivers } from "./useBlueprint";
import { Waive } from "./Waive";

const SEVERITIES = ["high", "medium", "low"] as const;

interface Props {
  id: string;
  marked: Finding | null;
  onMark: (finding: Finding | null) => void;
}

/** What is wrong with a blueprint, the gravest first: each shows where, says what to try, and can be accepted. */
export function FindingList({ id, marked, onMark }: Props) {
  const say = useSay();
  const found = useFindings(id);
  const [waived, setWaived] = useState(false);
  const [rules, setRules] = useState(false);
  const [waiving, setWaiving] = useState<Finding | null>(null);
  const all = found.data?.findings ?? [];
  const open = all.filter((one) => one.waiver === null);
  const shown = waived ? all : open;
  return (
    <aside className={classes.panel} aria-label={say("web.maps.blueprint.findings")}>
      <div className={classes.head}>
        <h2>{say("web.maps.blueprint.findings")}</h2>
        {found.data && (
          <span className={classes.soft}>{say("web.maps.blueprint.open", { n: open.length })}</span>
        )}
      </div>
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <Skeleton height={160} />}
      {found.data && open.length === 0 && <p className={classes.soft}>{say("web.maps.blueprint.none")}</p>}
      <div className={classes.groups}>
        {SEVERITIES.map((severity) => {
          const some = shown.filter((one) => one.severity === severity);
          return some.length === 0 ? null : (
            <section key={severity}>
              <h3>{say(`web.maps.blueprint.severity.${severity}`, { n: some.length })}</h3>
              <ul>
                {some.map((one) => (
                  <Row
                    key={one.id}
                    id={id}
                    finding={one}
                    edits={found.data?.edits ?? false}
                    open={marked?.id === one.id}
                    onOpen={() => onMark(marked?.id === one.id ? null : one)}
                    onWaive={() => setWaiving(one)}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      {found.data && (
        <div className={classes.foot}>
          {all.length > open.length && (
            <Checkbox
              size="xs"
              label={say("web.maps.blueprint.show_waived", { n: all.length - open.length })}
              checked={waived}
              onChange={(event) => setWaived(event.currentTarget.checked)}
            />
          )}
          <Button variant="subtle" size="compact-sm" onClick={() => setRules(true)}>
            {say("web.maps.blueprint.rules")}
          </Button>
        </div>
      )}
      <RuleList id={id} found={found.data} opened={rules} onClose={() => setRules(false)} />
      {waiving && (
        <Waive
          id={id}
          of={waiving.id}
          title={say("web.maps.blueprint.waive")}
          about={waiving.said}
          onClose={() => setWaiving(null)}
        />
      )}
    </aside>
  );
}

interface RowProps {
  id: string;
  finding: Finding;
  edits: boolean;
  open: boolean;
  onOpen: () => void;
  onWaive: () => void;
}

function Row({ id, finding, edits, open, onOpen, onWaive }: RowProps) {
  const say = useSay();
  const { restore } = useWaivers(id);
  const { waiver } = finding;
  return (
    <li className={classes.finding} data-open={open || undefined} data-waived={waiver ? true : undefined}>
      <button type="button" className={classes.said} aria-expanded={open} onClick={onOpen}>
        <Unbroken text={finding.said} />
      </button>
      {waiver && (
        <p className={classes.soft}>
          {say("web.maps.blueprint.waived_by", {
            by: waiver.by,
            on: waiver.on ?? "—",
            reason: waiver.reason,
          })}
        </p>
      )}
      {open && (
        <div className={classes.more}>
          <p>
            <Unbroken text={finding.advice} />
          </p>
          {edits && !waiver && (
            <Button variant="default" size="compact-sm" onClick={onWaive}>
              {say("web.maps.blueprint.do_waive")}
            </Button>
          )}
          {edits && waiver && (
            <Button
              variant="default"
              size="compact-sm"
              loading={restore.isPending}
              onClick={() => restore.mutate(finding.id)}
            >
              {say("web.maps.blueprint.unwaive")}
            </Button>
          )}
          {restore.error && <Problem error={restore.error} />}
        </div>
      )}
    </li>
  );
}
