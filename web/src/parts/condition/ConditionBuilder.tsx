import { ActionIcon, Button, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { Field } from "@/api/types";
import { useCount } from "@/hooks/useCount";
import { useFields } from "@/hooks/useFields";
import { useSay } from "@/words/say";
import { FieldPicker } from "../pickers/FieldPicker";
import classes from "./Condition.module.css";
import { type Comparison, type Operator, read, takes, write } from "./simple";
import { Written } from "./Written";

// The inputs for values are many; a question without a filter needs none of them.
const ValueInput = lazy(() => import("./ValueInput"));

const OPERATORS: Record<Field["kind"], Operator[]> = {
  text: [
    "=",
    "!=",
    "in",
    "not in",
    "contains",
    "not contains",
    "starts with",
    "ends with",
    "is null",
    "is not null",
  ],
  number: ["=", "!=", ">", ">=", "<", "<=", "in", "is null", "is not null"],
  time: [">=", "<", "is null", "is not null"],
  boolean: ["=", "is null", "is not null"],
};

interface Props {
  value: string | null;
  onChange: (condition: string | null) => void;
  label?: string;
  help?: string;
  /** Say how many customers it leaves. */
  counts?: boolean;
}

/** Builds a filter by picking; whatever the language can say can be written as text. */
export function ConditionBuilder({ value, onChange, label, help, counts = true }: Props) {
  const say = useSay();
  const simple = read(value ?? "");
  const [asText, setAsText] = useState(simple === null);
  const [rows, setRows] = useState<Comparison[]>(simple ?? []);
  // A condition that comes from outside, by going back for instance, is shown as it came.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setRows(simple ?? []);
    if (simple === null) setAsText(true);
  }
  const change = (next: Comparison[]) => {
    setRows(next);
    const text = write(next) || null;
    setKnown(text);
    if (text !== value) onChange(text);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in a flow of others without its frame
    <div className={classes.builder} role="group" aria-label={label || say("web.condition.title")}>
      {(rows.length > 0 || asText) && (
        <div className={classes.head}>
          {label && <span title={help}>{label}</span>}
          {simple !== null && (
            <button type="button" className={classes.mode} onClick={() => setAsText(!asText)}>
              {say(asText ? "web.condition.as_form" : "web.condition.as_text")}
            </button>
          )}
        </div>
      )}
      {asText ? (
        <Written value={value} onChange={onChange} />
      ) : (
        <>
          {rows.map((row, place) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are only their places
              key={place}
              row={row}
              joined={place > 0}
              onChange={(next) => change(rows.map((one, other) => (other === place ? next : one)))}
              onRemove={() => change(rows.filter((_, other) => other !== place))}
            />
          ))}
          <Button
            className={classes.add}
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => setRows([...rows, { field: "", operator: "=", values: [] }])}
          >
            {label && !rows.length ? label : say("web.condition.add")}
          </Button>
        </>
      )}
      {counts && value && <Left where={value} />}
    </div>
  );
}

function Row({
  row,
  joined,
  onChange,
  onRemove,
}: {
  row: Comparison;
  joined: boolean;
  onChange: (row: Comparison) => void;
  onRemove: () => void;
}) {
  const say = useSay();
  const fields = useFields().data ?? [];
  const kindOf = (name: string) => fields.find((field) => field.name === name)?.kind ?? "text";
  const kind = kindOf(row.field);
  const operators = OPERATORS[kind].includes(row.operator)
    ? OPERATORS[kind]
    : [row.operator, ...OPERATORS[kind]];
  const pick = (field: string | null) => {
    const [first] = OPERATORS[kindOf(field ?? "")];
    const truth = field && kindOf(field) === "boolean" ? [true] : [];
    onChange({ field: field ?? "", operator: first ?? "=", values: truth });
  };
  return (
    <div className={classes.row}>
      {joined && <span className={classes.and}>{say("web.condition.and")}</span>}
      <div className={classes.field}>
        <FieldPicker
          value={row.field || null}
          onChange={pick}
          clearable={false}
          aria-label={say("web.condition.field")}
        />
        <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={say("web.condition.remove")}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      {row.field && (
        <div className={takes(row.operator) === "none" ? undefined : classes.compared}>
          <Select
            data={operators.map((one) => ({
              value: one,
              label: say.known(`web.operators.${word(one)}`, one),
            }))}
            value={row.operator}
            allowDeselect={false}
            comboboxProps={{ width: "max-content", position: "bottom-start" }}
            aria-label={say("web.condition.operator")}
            onChange={(one) => {
              const operator = (one ?? "=") as Operator;
              onChange({ ...row, operator, values: takes(operator) === "none" ? [] : row.values });
            }}
          />
          <Suspense fallback={<span />}>
            <ValueInput comparison={row} kind={kind} onChange={(values) => onChange({ ...row, values })} />
          </Suspense>
        </div>
      )}
    </div>
  );
}

const WORDS: Record<string, string> = {
  "=": "is",
  "!=": "is_not",
  ">": "more",
  ">=": "at_least",
  "<": "less",
  "<=": "at_most",
};

function word(operator: Operator): string {
  return WORDS[operator] ?? operator.replaceAll(" ", "_");
}

const WAIT = 250;

/** How many customers a condition leaves. */
function Left({ where }: { where: string }) {
  const say = useSay();
  const [asked] = useDebouncedValue(where, WAIT);
  const counted = useCount(asked);
  if (!counted.data) return <div className={classes.left} aria-live="polite" />;
  return (
    <div className={classes.left} aria-live="polite">
      {say("web.parts.customers", { n: counted.data.customers })}
      {" · "}
      {say("web.parts.events", { n: counted.data.events })}
    </div>
  );
}
