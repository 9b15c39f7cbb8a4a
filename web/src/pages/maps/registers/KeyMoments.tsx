import { Button, NumberInput, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { Simulated } from "@/parts/Simulated";
import { useSay } from "@/words/say";
import library from "../library/Library.module.css";
import classes from "./Registers.module.css";
import { type Moment, useMoments, useRegisterActions } from "./useRegisters";

const KINDS = ["service", "commercial"] as const;
const TONES = { met: "good", near: "mid", missed: "bad", no_target: "plain", unknown: "plain" } as const;

/** The key moments beside their targets; those at which service shows by themselves. */
export function KeyMoments() {
  const say = useSay();
  const found = useMoments();
  const [kind, setKind] = useState<(typeof KINDS)[number]>("service");
  const [open, setOpen] = useState<Moment | null>(null);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <RowsLoading />;
  const { moments, edits, simulated } = found.data;
  if (moments.length === 0) {
    return (
      <Empty title={say("web.maps.registers.none.moments")} why={say("web.maps.registers.moments_why")} />
    );
  }
  const shown = moments.filter((one) => one.kind === kind);
  return (
    <>
      <div className={library.filters}>
        <SegmentedControl
          size="xs"
          aria-label={say("web.maps.registers.moment_kind")}
          value={kind}
          onChange={(value) => setKind(value as (typeof KINDS)[number])}
          data={KINDS.map((value) => ({
            value,
            label: `${say(`web.maps.registers.moments.${value}`)} ${
              new Set(moments.filter((one) => one.kind === value).map((one) => `${one.map}/${one.step}`)).size
            }`,
          }))}
        />
        {simulated && <Simulated />}
      </div>
      <Card flush>
        {shown.length ? (
          <Rows
            label={say("web.maps.registers.parts.moments")}
            stacked
            heads={[
              { key: "step", title: say("web.maps.registers.one.moments") },
              { key: "lane", title: say("web.maps.registers.measured"), extra: true },
              { key: "value", title: say("web.maps.registers.value"), number: true },
              { key: "target", title: say("web.maps.registers.target"), number: true },
              { key: "state", title: say("web.maps.registers.state") },
              { key: "owner", title: say("web.maps.owner"), extra: true },
            ]}
            rows={shown.map((one) => ({
              key: `${one.map}/${one.step}/${one.lane}`,
              cells: [
                <div key="step" className={classes.main}>
                  <Link
                    to={`../${one.map}?at=${encodeURIComponent(one.lane ? `${one.lane}/${one.step}` : one.step)}`}
                  >
                    {one.step_title}
                  </Link>
                  <small className={classes.small}>{`${one.title} · ${one.stage}`}</small>
                </div>,
                one.lane_title ?? "—",
                <Value key="value" one={one} />,
                <Target
                  key="target"
                  one={one}
                  onOpen={edits && one.binding ? () => setOpen(one) : undefined}
                />,
                <div key="state">
                  <Chip tone={TONES[one.state]}>{one.state_said}</Chip>
                </div>,
                one.owner ?? "—",
              ],
            }))}
          />
        ) : (
          <p className={library.nothing}>{say("web.maps.registers.none_fits")}</p>
        )}
      </Card>
      <p className={classes.told}>{say("web.maps.registers.alerts")}</p>
      <Dialog
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open ? say("web.maps.registers.target_of", { step: open.step_title }) : ""}
      >
        {open && <Aim one={open} onDone={() => setOpen(null)} />}
      </Dialog>
    </>
  );
}

function Value({ one }: { one: Moment }) {
  const say = useSay();
  return (
    <div className={classes.figure}>
      <b className={one.worse ? classes.worse : undefined}>{one.shown}</b>
      {one.n !== null && (
        <small className={classes.small}>
          {[one.interval, say("web.maps.n", { n: one.n })].filter(Boolean).join(" · ")}
        </small>
      )}
      {one.before && (
        <small className={classes.small}>
          {say(one.worse ? "web.maps.registers.worse_than" : "web.maps.before", { before: one.before })}
        </small>
      )}
    </div>
  );
}

function Target({ one, onOpen }: { one: Moment; onOpen: (() => void) | undefined }) {
  const say = useSay();
  if (!onOpen) return <>{one.target || "—"}</>;
  return (
    <div>
      <Button size="compact-xs" variant="subtle" className={classes.act} onClick={onOpen}>
        {one.target || say("web.maps.registers.set_target")}
      </Button>
    </div>
  );
}

/** The target of a moment, in the unit of its number; shares in percent. */
function Aim({ one, onDone }: { one: Moment; onDone: () => void }) {
  const say = useSay();
  const { aim } = useRegisterActions();
  const scale = one.unit === "share" ? 100 : 1;
  const [value, setValue] = useState<number | string>(one.aimed === null ? "" : one.aimed * scale);
  const keep = (next: number | null) => {
    aim(one, next === null ? null : next / scale);
    onDone();
  };
  return (
    <form
      className={classes.target}
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof value === "number") keep(value);
      }}
    >
      <NumberInput
        data-autofocus
        label={one.lane_title ?? ""}
        description={say("web.maps.registers.now", { value: one.shown })}
        suffix={one.unit === "share" ? "%" : ""}
        value={value}
        onChange={setValue}
        step={one.unit === "feeling" ? 0.1 : 1}
      />
      <div className={library.filters}>
        <Button type="submit" disabled={typeof value !== "number"}>
          {say("web.do.save")}
        </Button>
        {one.aimed !== null && (
          <Button variant="default" onClick={() => keep(null)}>
            {say("web.maps.registers.no_target")}
          </Button>
        )}
      </div>
    </form>
  );
}
