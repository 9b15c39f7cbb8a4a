import { ActionIcon, NumberInput, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Chip } from "@/parts/Chip";
import { useSay } from "@/words/say";
import { usePersonas } from "../personas/usePersonas";
import { useRegister } from "../registers/useRegisters";
import type { Card, CardSaid, Money } from "./document";
import { Choice, Plain, Words } from "./fields";
import { figure, odi, rice } from "./figures";
import classes from "./KindDetails.module.css";
import { unmarked } from "./markdown";
import type { Bench } from "./useBench";

const RUNGS = ["stated", "want", "desire", "demand"] as const;
const STATUSES = ["open", "confirmed", "in_progress", "solved", "dismissed"] as const;
/** What opportunities and actions may stem from. */
const SOURCES: Record<string, string[]> = {
  opportunity: ["pain", "need", "gain", "insight"],
  action: ["opportunity", "pain", "need", "idea"],
};

interface Props {
  bench: Bench;
  card: Card;
  /** Keeps other values for fields of the card. */
  set: (fields: Record<string, unknown>) => void;
}

type Say = (fields: Partial<Record<keyof CardSaid, unknown>>) => void;

/** What else is said of a need, a pain, a strength, an opportunity or an action. */
export function KindDetails({ bench, card, set }: Props) {
  const said = card.details ?? {};
  const save: Say = (fields) => {
    const next = Object.entries({ ...said, ...fields }).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    );
    set({ details: next.length ? Object.fromEntries(next) : null });
  };
  const parts = { bench, card, said, save };
  if (card.kind === "need") return <Need {...parts} />;
  if (card.kind === "pain" || card.kind === "gain") return <Felt {...parts} set={set} />;
  if (card.kind === "opportunity") return <Chance {...parts} />;
  return card.kind === "action" ? <Act {...parts} /> : null;
}

interface Parts {
  bench: Bench;
  card: Card;
  said: CardSaid;
  save: Say;
}

function Need({ card, said, save }: Parts) {
  const say = useSay();
  const found = odi(said.importance, said.satisfaction);
  return (
    <Group>
      {card.latent && !card.evidence?.length && (
        <p className={classes.note}>
          <Chip tone="mid">{say("web.maps.registers.hypothesis")}</Chip>{" "}
          {say("web.maps.registers.hypothesis_why")}
        </p>
      )}
      <Choice
        label={say("web.maps.details.rung")}
        value={said.rung ?? ""}
        among={[
          { value: "", label: "—" },
          ...RUNGS.map((value) => ({ value, label: say(`web.maps.rungs.${value}`) })),
        ]}
        onSave={(rung) => save({ rung: rung || null })}
      />
      <Persona said={said} save={save} />
      <div className={classes.pair}>
        <Figure name="importance" said={said} save={save} max={10} step={0.1} />
        <Figure name="satisfaction" said={said} save={save} max={10} step={0.1} />
      </div>
      <Worked
        name="opportunity"
        value={found}
        how={found === null ? "" : `${said.importance} + max(${said.importance} − ${said.satisfaction}, 0)`}
      />
      <Plain
        label={say("web.maps.details.item")}
        help={say("web.maps.details.item_about")}
        value={said.item}
        onSave={(item) => save({ item })}
      />
    </Group>
  );
}

/** A pain, or a strength, which says the same the other way round. */
function Felt({ bench, card, said, save, set }: Parts & Pick<Props, "set">) {
  const say = useSay();
  const pain = card.kind === "pain";
  return (
    <Group>
      {pain && (
        <Choice
          label={say("web.maps.details.status")}
          value={said.status ?? "open"}
          among={STATUSES.map((value) => ({ value, label: say(`web.maps.pain_status.${value}`) }))}
          onSave={(status) => save({ status: status === "open" ? null : status })}
        />
      )}
      <Persona said={said} save={save} />
      <Figure
        name={pain ? "severity" : "strength"}
        help={say(pain ? "web.maps.details.severity_about" : "web.maps.details.strength_about")}
        said={said}
        save={save}
        min={1}
        max={5}
      />
      <div className={classes.pair}>
        <Figure name="reach" said={said} save={save} />
        <Figure name="frequency" said={said} save={save} step={0.1} />
      </div>
      <Plain
        label={say("web.maps.details.where")}
        help={say("web.maps.details.where_about")}
        placeholder="event = 'Payment Failed'"
        value={said.where}
        onSave={(where) => save({ where })}
      />
      <Amount name={pain ? "at_risk" : "worth"} said={said} save={save} />
      <Same bench={bench} card={card} set={set} />
    </Group>
  );
}

function Chance({ bench, card, said, save }: Parts) {
  const say = useSay();
  const found = rice(said.reach, said.impact, said.confidence, said.effort);
  const worth = said.value !== undefined && said.effort ? said.value / said.effort : null;
  return (
    <Group>
      <Chain bench={bench} card={card} said={said} save={save} />
      <div className={classes.pair}>
        <Figure name="reach" said={said} save={save} />
        <Figure name="impact" said={said} save={save} step={0.25} />
        <Figure name="confidence" said={said} save={save} max={1} step={0.1} />
        <Figure name="effort" said={said} save={save} min={0.1} step={0.5} />
      </div>
      <Worked
        name="rice"
        value={found}
        how={found === null ? "" : `${said.reach} × ${said.impact} × ${said.confidence} ÷ ${said.effort}`}
      />
      {said.reach === undefined && (said.stems_from?.length ?? 0) > 0 && (
        <p className={classes.note}>{say("web.maps.details.reach_of_pains")}</p>
      )}
      <Figure name="value" said={said} save={save} max={10} step={0.5} />
      <Worked
        name="value_per_effort"
        value={worth}
        how={worth === null ? "" : `${said.value} ÷ ${said.effort}`}
      />
      <p className={classes.note}>{say("web.maps.details.units")}</p>
    </Group>
  );
}

function Act({ bench, card, said, save }: Parts) {
  const say = useSay();
  const chosen = said.metrics ?? [];
  const lanes = new Map(bench.map.lanes.map((lane) => [lane.key, lane.label[say.lang]]));
  const steps = new Map(bench.map.steps.map((step) => [step.key, step.name[say.lang]]));
  const named = new Map(
    bench.map.bindings.map((one) => [
      one.key,
      one.title?.[say.lang] ??
        ([lanes.get(one.lane ?? ""), steps.get(one.step ?? "")].filter(Boolean).join(" · ") || one.key),
    ]),
  );
  return (
    <Group>
      <Chain bench={bench} card={card} said={said} save={save} />
      <Words
        label={say("web.maps.details.expected")}
        value={said.expected}
        onSave={(expected) => save({ expected })}
      />
      <Keys
        label={say("web.maps.details.metrics")}
        add={say("web.maps.details.add_metric")}
        chosen={chosen}
        named={named}
        onSave={(metrics) => save({ metrics })}
      />
      <div className={classes.pair}>
        <Amount name="cost" said={said} save={save} />
        <Due said={said} save={save} />
      </div>
      <p className={classes.note}>{say("web.maps.details.owner_about")}</p>
    </Group>
  );
}

function Group({ children }: { children: ReactNode }) {
  return <div className={classes.group}>{children}</div>;
}

type Numbered = "importance" | "satisfaction" | "severity" | "strength" | "reach" | "frequency";
type Ranked = "impact" | "confidence" | "effort" | "value";

/** A number that is kept when one leaves it; within its bounds. */
function Figure({
  name,
  said,
  save,
  min = 0,
  max,
  step = 1,
  help,
}: {
  name: Numbered | Ranked;
  said: CardSaid;
  save: Say;
  min?: number;
  max?: number;
  step?: number;
  help?: string;
}) {
  const say = useSay();
  const value = said[name];
  const [written, setWritten] = useState<number | string>(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setWritten(value ?? "");
  }
  return (
    <NumberInput
      label={say(`web.maps.details.${name}`)}
      description={help}
      value={written}
      min={min}
      {...(max === undefined ? {} : { max })}
      step={step}
      allowDecimal={step < 1}
      onChange={setWritten}
      onBlur={() => {
        const bounded = typeof written === "number" ? Math.min(Math.max(written, min), max ?? written) : null;
        if (bounded !== (value ?? null)) save({ [name]: bounded });
      }}
    />
  );
}

/** An amount as it is written; what was just written is a text until the service has read it. */
const written = (money: Money | string | undefined) =>
  typeof money === "object" ? `${money.value} ${money.currency}` : money;

function Amount({ name, said, save }: { name: "at_risk" | "worth" | "cost"; said: CardSaid; save: Say }) {
  const say = useSay();
  return (
    <Plain
      label={say(`web.maps.details.${name}`)}
      placeholder="12000 CNY"
      value={written(said[name])}
      onSave={(text) => save({ [name]: text })}
    />
  );
}

function Due({ said, save }: { said: CardSaid; save: Say }) {
  const say = useSay();
  return (
    <TextInput
      type="date"
      label={say("web.maps.details.due")}
      defaultValue={said.due ?? ""}
      key={said.due}
      onBlur={(event) => {
        const day = event.currentTarget.value || null;
        if (day !== (said.due ?? null)) save({ due: day });
      }}
    />
  );
}

function Persona({ said, save }: { said: CardSaid; save: Say }) {
  const say = useSay();
  const known = usePersonas().data?.personas ?? [];
  const among = known.map((one) => ({ value: one.key, label: one.name }));
  const gone = said.persona && !known.some((one) => one.key === said.persona);
  return (
    <Choice
      label={say("web.maps.details.persona")}
      value={said.persona ?? ""}
      among={[
        { value: "", label: say("web.maps.details.everybody") },
        ...among,
        ...(gone ? [{ value: said.persona ?? "", label: said.persona ?? "" }] : []),
      ]}
      onSave={(persona) => save({ persona: persona || null })}
    />
  );
}

/** A number that follows from others, with how it was worked out. */
function Worked({
  name,
  value,
  how,
}: {
  name: "opportunity" | "rice" | "value_per_effort";
  value: number | null;
  how: string;
}) {
  const say = useSay();
  return (
    <p className={classes.worked}>
      <span>{say(`web.maps.details.${name}`)}</span>
      <b>{value === null ? "—" : figure(value)}</b>
      {how && <small>{how}</small>}
    </p>
  );
}

/** The cards that an opportunity or an action stems from. */
function Chain({ bench, card, said, save }: Parts) {
  const say = useSay();
  const steps = new Map(bench.map.steps.map((step) => [step.key, step.name[say.lang]]));
  const kinds = SOURCES[card.kind ?? ""] ?? [];
  const named = new Map(
    bench.map.cards
      .filter((one) => one.key !== card.key && kinds.includes(one.kind ?? "text"))
      .map((one) => [
        one.key,
        [unmarked(one.text?.[say.lang] ?? "").slice(0, 60) || one.key, steps.get(one.step)]
          .filter(Boolean)
          .join(" · "),
      ]),
  );
  return (
    <Keys
      label={say("web.maps.details.stems_from")}
      add={say("web.maps.details.add_source")}
      chosen={said.stems_from ?? []}
      named={named}
      onSave={(stems_from) => save({ stems_from })}
    />
  );
}

function Keys({
  label,
  add,
  chosen,
  named,
  onSave,
}: {
  label: string;
  add: string;
  chosen: string[];
  named: Map<string, string>;
  onSave: (keys: string[]) => void;
}) {
  const say = useSay();
  return (
    <div>
      <Select
        label={label}
        placeholder={add}
        searchable
        value={null}
        data={[...named]
          .filter(([key]) => !chosen.includes(key))
          .map(([value, name]) => ({ value, label: name }))}
        limit={50}
        onChange={(key) => key && onSave([...chosen, key])}
      />
      {chosen.map((key) => (
        <div key={key} className={classes.chained}>
          <span>{named.get(key) ?? key}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={say("web.do.remove_named", { name: named.get(key) ?? key })}
            onClick={() => onSave(chosen.filter((one) => one !== key))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}

/** The card of another map that this one stands for. */
function Same({ bench, card, set }: Pick<Props, "bench" | "card" | "set">) {
  const say = useSay();
  const found = useRegister(card.kind === "gain" ? "gain" : "pain");
  const among = (found.data?.entries ?? [])
    .filter((one) => one.at.map !== bench.id || one.at.id === card.refers)
    .map((one) => ({ value: one.at.id, label: `${one.at.text} · ${one.at.title}` }));
  return (
    <Select
      label={say("web.maps.details.refers")}
      description={say("web.maps.details.refers_about")}
      placeholder={say("web.maps.details.refers_none")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": say("web.do.remove") }}
      value={card.refers ?? null}
      data={among}
      onChange={(refers) => set({ refers })}
    />
  );
}
