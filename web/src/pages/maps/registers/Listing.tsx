import { Button, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useAddress } from "@/hooks/useAddress";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { type Head, Rows, RowsLoading } from "@/parts/Rows";
import { Simulated } from "@/parts/Simulated";
import { useSay } from "@/words/say";
import library from "../library/Library.module.css";
import classes from "./Registers.module.css";
import { type Order, sorted } from "./sorting";
import {
  type Entry,
  type Kind,
  type Place,
  type Register,
  useRegister,
  useRegisterActions,
} from "./useRegisters";

/** The numbers that have a column of their own; the rest stands in the formulas below them. */
const COLUMNS: Record<Kind, readonly string[]> = {
  need: ["opportunity", "importance", "satisfaction"],
  pain: ["severity", "reach", "frequency"],
  gain: ["strength", "reach", "frequency"],
  opportunity: ["opportunity", "rice", "value_per_effort"],
  action: [],
};

const FILTERS = ["map", "rung", "persona", "status", "effort"] as const;

/** A register: filtered by the address, sorted by a press on a heading. */
export function Listing({ kind }: { kind: Kind }) {
  const say = useSay();
  const [asked, ask] = useAddress();
  const only = Object.fromEntries(
    FILTERS.flatMap((name) => (asked.get(name) ? [[name, asked.get(name) as string]] : [])),
  );
  const found = useRegister(kind, only);
  const set = (name: string, value: string | null) => ask({ [name]: value });
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <RowsLoading />;
  const { data } = found;
  const filtered = Object.keys(only).length > 0;
  if (data.entries.length === 0 && !filtered) {
    return <Empty title={say(`web.maps.registers.none.${kind}`)} why={say("web.maps.registers.none_why")} />;
  }
  const offers = {
    map: data.maps,
    rung: data.rungs,
    persona: data.personas,
    status: data.statuses,
    effort: data.efforts,
  };
  return (
    <>
      <div className={library.filters}>
        {FILTERS.map((name) =>
          offers[name].length > (name === "map" ? 1 : 0) || only[name] ? (
            <Select
              key={name}
              size="xs"
              clearable
              clearButtonProps={{ "aria-label": say("web.do.remove") }}
              aria-label={say(`web.maps.registers.by.${name}`)}
              placeholder={say(`web.maps.registers.by.${name}`)}
              value={only[name] ?? null}
              data={offers[name].map((one) => ({ value: one.key, label: one.name }))}
              onChange={(value) => set(name, value)}
            />
          ) : null,
        )}
        {data.simulated && <Simulated />}
      </div>
      <Card flush>
        {data.entries.length ? (
          <Table register={data} />
        ) : (
          <p className={library.nothing}>{say("web.maps.registers.none_fits")}</p>
        )}
      </Card>
      {data.alike.length > 0 && <Alike register={data} />}
    </>
  );
}

function Table({ register }: { register: Register }) {
  const say = useSay();
  const { kind } = register;
  const [order, setOrder] = useState<Order | null>(null);
  const heading = (by: string, title: string, more: Partial<Head> = {}): Head => ({
    key: by,
    title,
    sorted: order?.by !== by ? "none" : order.down ? "descending" : "ascending",
    onSort: () =>
      setOrder((before) => ({ by, down: before?.by === by ? !before.down : more.number === true })),
    ...more,
  });
  const titles = new Map(register.columns.map((one) => [one.name, one.title]));
  const numbers = COLUMNS[kind];
  const money = kind === "pain" ? "at_risk" : kind === "gain" ? "worth" : kind === "action" ? "cost" : null;
  return (
    <Rows
      label={say(`web.maps.registers.parts.${kind}`)}
      stacked
      heads={[
        heading("text", say(`web.maps.registers.one.${kind}`)),
        ...numbers.map((name) => heading(name, titles.get(name) ?? name, { number: true })),
        ...(kind === "action"
          ? [
              { key: "expected", title: say("web.maps.details.expected"), extra: true },
              heading("due", say("web.maps.details.due")),
            ]
          : []),
        ...(money
          ? [{ key: "money", title: say(`web.maps.details.${money}`), number: true, extra: true }]
          : []),
        heading("owner", say("web.maps.owner"), { extra: true }),
        { key: "chain", title: say("web.maps.registers.chain"), extra: true },
      ]}
      rows={sorted(register.entries, order, say.lang).map((one) => ({
        key: one.at.id,
        cells: [
          <Main key="text" one={one} />,
          ...numbers.map((name) => <Figure key={name} one={one} name={name} />),
          ...(kind === "action" ? [<Expected key="expected" one={one} />, one.due ?? "—"] : []),
          ...(money ? [one.money ?? "—"] : []),
          one.owner ?? "—",
          <Chain key="chain" one={one} />,
        ],
      }))}
    />
  );
}

/** The way to a card: the cell it stands in, open. */
function ToCell({ place, children }: { place: Place; children?: ReactNode }) {
  const at = encodeURIComponent(`${place.lane}/${place.step}`);
  return <Link to={`../${place.map}?at=${at}`}>{children ?? place.text}</Link>;
}

function Main({ one }: { one: Entry }) {
  const say = useSay();
  return (
    <div className={classes.main}>
      <ToCell place={one.at}>{one.at.text || "—"}</ToCell>
      <small className={classes.small}>{[one.at.title, one.stage, one.at.step_title].join(" · ")}</small>
      {one.places.map((place) => (
        <small key={place.id} className={classes.small}>
          {say("web.maps.registers.also")}{" "}
          <ToCell place={place}>{`${place.title} · ${place.step_title}`}</ToCell>
        </small>
      ))}
      <span className={classes.chips}>
        {one.rung && <Chip>{one.rung}</Chip>}
        {one.status && <Chip tone={one.status_key === "solved" ? "good" : "plain"}>{one.status}</Chip>}
        {one.persona && <Chip>{one.persona}</Chip>}
        {one.latent && <Chip>{say("web.maps.registers.latent")}</Chip>}
        {one.hypothesis ? (
          <Chip tone="mid">
            <span title={say("web.maps.registers.hypothesis_why")}>
              {say("web.maps.registers.hypothesis")}
            </span>
          </Chip>
        ) : one.assumed ? (
          <Chip tone="mid">{say("web.maps.assumption")}</Chip>
        ) : (
          one.evidence.map((kind) => <Chip key={kind}>{kind}</Chip>)
        )}
      </span>
      {one.failed && <small className={classes.small}>{one.failed}</small>}
    </div>
  );
}

/** A number with what it rests on below it: its formula, or its interval, n and source. */
function Figure({ one, name }: { one: Entry; name: string }) {
  const say = useSay();
  const found = one.numbers.find((number) => number.name === name);
  if (!found) return <>—</>;
  const share = name === "reach" ? one.numbers.find((number) => number.name === "share") : undefined;
  const spread = found.interval && say("web.maps.registers.between", { interval: found.interval });
  const part = share && [share.shown, share.interval].filter(Boolean).join(" · ");
  return (
    <div className={classes.figure}>
      <b>{found.shown}</b>
      <small className={classes.small}>
        {found.formula || [found.source, spread].filter(Boolean).join(" · ")}
      </small>
      {part && <small className={classes.small}>{part}</small>}
      {found.n !== null && !found.formula && (
        <small className={classes.small}>{say("web.maps.n", { n: found.n })}</small>
      )}
      {found.estimate && (
        <small className={classes.small}>
          {say("web.maps.registers.estimated", { value: found.estimate })}
        </small>
      )}
    </div>
  );
}

function Expected({ one }: { one: Entry }) {
  return (
    <div>
      {one.expected ?? "—"}
      {one.metrics.map((metric) => (
        <small key={metric} className={classes.small}>
          {metric}
        </small>
      ))}
    </div>
  );
}

/** What an entry stems from, and what it leads to; both can be followed. */
function Chain({ one }: { one: Entry }) {
  const say = useSay();
  const ways = [
    ["stems_from", one.stems_from],
    ["leads_to", one.leads_to],
  ] as const;
  if (!one.stems_from.length && !one.leads_to.length) return <>—</>;
  return (
    <div className={classes.chain}>
      {ways.map(
        ([way, places]) =>
          places.length > 0 && (
            <div key={way}>
              <span className={classes.small}>{say(`web.maps.registers.${way}`)}</span>
              <ul>
                {places.map((place) => (
                  <li key={place.id}>
                    {say(`web.maps.kinds.${place.kind}`)} · <ToCell place={place} />
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </div>
  );
}

/** What seems to be said twice. */
function Alike({ register }: { register: Register }) {
  const say = useSay();
  const { edit, same } = useRegisterActions();
  return (
    <section aria-label={say("web.maps.registers.alike")}>
      <h2 className={classes.heading}>{say("web.maps.registers.alike")}</h2>
      <p className={classes.under}>{say("web.maps.registers.alike_about")}</p>
      <Card flush>
        <ul className={classes.alike}>
          {register.alike.map(({ one, other, shown }) => (
            <li key={`${one.id} ${other.id}`}>
              <span>
                <ToCell place={one} />
                <small className={classes.small}>{`${one.title} · ${one.step_title}`}</small>
              </span>
              <span>
                <ToCell place={other} />
                <small className={classes.small}>{`${other.title} · ${other.step_title}`}</small>
              </span>
              <span className={classes.small}>{say("web.maps.registers.shared", { share: shown })}</span>
              {register.edits && (
                <Button size="xs" variant="default" loading={edit.isPending} onClick={() => same(one, other)}>
                  {say("web.maps.registers.merge")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
