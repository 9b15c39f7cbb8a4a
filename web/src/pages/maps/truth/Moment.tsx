import { Button, Group, SegmentedControl, Textarea } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Chip } from "@/parts/Chip";
import { Decide } from "@/parts/Decide";
import { decimal, interval, percent, whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Truth.module.css";
import { type Kind, type Proposed, useDecide } from "./useMoments";

interface Props {
  id: string;
  one: Proposed;
  edits: boolean;
}

/** A proposal: what speaks for it, what was decided and why, and the two ways to decide. */
export function Moment({ id, one, edits }: Props) {
  const say = useSay();
  const [deciding, setDeciding] = useState<"accept" | "refuse" | null>(null);
  const { verdict, state } = one;
  return (
    <div className={classes.moment}>
      <p>
        <Chip tone={state === "accepted" ? "good" : state === "open" ? "mid" : "plain"}>
          {say(`web.maps.truth.states.${state}`)}
        </Chip>{" "}
        {one.moment && say(`web.maps.moments.${one.moment}`)}
      </p>
      {one.driver ? (
        <Driver driver={one.driver} />
      ) : (
        <p className={classes.soft}>{say("web.maps.truth.gone")}</p>
      )}
      {verdict && (verdict.reason || verdict.by) && (
        <blockquote className={classes.reason}>
          {verdict.reason}
          <footer>{[verdict.by, verdict.on].filter(Boolean).join(" · ")}</footer>
        </blockquote>
      )}
      {edits && !deciding && (
        <Group gap={8}>
          {state !== "accepted" && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconCheck size={14} />}
              onClick={() => setDeciding("accept")}
            >
              {say("web.maps.truth.accept")}
            </Button>
          )}
          {state !== "refused" && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconX size={14} />}
              onClick={() => setDeciding("refuse")}
            >
              {say("web.maps.truth.refuse")}
            </Button>
          )}
        </Group>
      )}
      {deciding && (
        <Verdict id={id} one={one} accept={deciding === "accept"} onDone={() => setDeciding(null)} />
      )}
    </div>
  );
}

function Driver({ driver }: { driver: NonNullable<Proposed["driver"]> }) {
  const say = useSay();
  const told = [
    ["weight", percent(driver.weight, 0), interval(driver.low, driver.high, "share", 0)],
    ["spread", decimal(driver.spread ** 2, 3), ""],
    ["reach", percent(driver.reach, 0), ""],
    ["worth", decimal(driver.worth), interval(driver.least, driver.most)],
  ] as const;
  return (
    <>
      <dl className={classes.driver}>
        {told.map(([name, shown, range]) => (
          <div key={name}>
            <dt>{say(`web.maps.truth.${name}`)}</dt>
            <dd>
              {shown} <small>{range}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.soft}>
        {driver.text} · n {whole(driver.n)}
      </p>
    </>
  );
}

function Verdict({
  id,
  one,
  accept,
  onDone,
}: Omit<Props, "edits"> & { accept: boolean; onDone: () => void }) {
  const say = useSay();
  const decide = useDecide(id);
  const [kind, setKind] = useState<Kind>("service");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate({ one, kind: accept ? kind : null, reason: reason.trim() }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className={classes.decide}>
      {accept && (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={say("web.maps.truth.kind")}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={(["service", "commercial"] as const).map((value) => ({
            value,
            label: say(`web.maps.moments.${value}`),
          }))}
        />
      )}
      <Textarea
        data-autofocus
        autosize
        minRows={2}
        label={say("web.maps.truth.reason")}
        description={say("web.maps.truth.reason_about")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Decide
        by={decide}
        verb={say(`web.maps.truth.${accept ? "accept" : "refuse"}`)}
        ready={!!reason.trim()}
        onCancel={onDone}
        small
      />
    </form>
  );
}
