import { Select, Skeleton, Switch, TextInput } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { FormField, Json } from "@/api/types";
import { useFields } from "@/hooks/useFields";
import { useInWords } from "@/hooks/useParse";
import { useSegments } from "@/hooks/useSaved";
import { LaterConditionBuilder } from "@/parts/condition/LaterConditionBuilder";
import { DurationInput } from "@/parts/pickers/DurationInput";
import { EventPicker, EventsPicker } from "@/parts/pickers/EventPicker";
import { FieldPicker } from "@/parts/pickers/FieldPicker";
import { LaterSeveral, LaterTags } from "@/parts/pickers/LaterSeveral";
import { MetricPicker, ModelPicker } from "@/parts/pickers/SavedPickers";
import { useWrong } from "@/parts/wrong";
import { empty, listOf } from "../spec";
import { ItemsEditor } from "./ItemsEditor";
import { PlacePicker } from "./PlacePicker";
import { SegmentInput } from "./SegmentInput";

export interface ControlProps {
  field: FormField;
  value: Json;
  onChange: (value: Json) => void;
  /** The field or column that says what a place is. */
  by?: string;
}

const NumberField = lazy(() => import("./NumberField"));

const texts = (value: Json) => listOf(value).map(String);
const text = (value: Json) => (empty(value) ? null : String(value));

/** The control of one field of a question, by its kind. */
export function FieldControl({ field, value, onChange, by }: ControlProps) {
  const said = { label: field.title };
  const clearable = !field.required && empty(field.default);
  switch (field.kind) {
    case "event":
      return field.many ? (
        <EventsPicker {...said} value={texts(value)} onChange={onChange} />
      ) : (
        <EventPicker {...said} clearable={clearable} value={text(value)} onChange={onChange} />
      );
    case "place":
      return <PlacePicker {...said} by={by ?? "event"} many={field.many} value={value} onChange={onChange} />;
    case "scale":
      return <PlacePicker {...said} by="scale" many={false} value={value} onChange={onChange} />;
    case "steps":
    case "exclusions":
    case "plan":
    case "pairs":
    case "standards":
    case "attributes":
      return <ItemsEditor field={field} value={value} onChange={onChange} by={by} />;
    case "field":
      return field.many ? (
        <FieldsPicker {...said} value={texts(value)} onChange={onChange} />
      ) : (
        <FieldPicker {...said} splits clearable={clearable} value={text(value)} onChange={onChange} />
      );
    case "condition":
      return (
        <LaterConditionBuilder
          label={field.title}
          help={field.help}
          value={text(value)}
          onChange={onChange}
        />
      );
    case "segment":
      return field.many ? (
        <SegmentsPicker {...said} value={texts(value)} onChange={onChange} />
      ) : (
        <SegmentInput {...said} value={text(value)} onChange={onChange} />
      );
    case "metric":
      return <MetricPicker {...said} value={text(value)} onChange={onChange} />;
    case "model":
      return <ModelPicker {...said} value={text(value)} onChange={onChange} />;
    case "choice":
      return <ChoicePicker field={field} value={value} onChange={onChange} />;
    case "duration":
      return field.many ? (
        <LaterTags {...said} value={texts(value)} onChange={onChange} />
      ) : (
        <DurationInput {...said} value={text(value)} onChange={onChange} />
      );
    case "boolean":
      return (
        <Switch
          {...said}
          description={field.help}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "number":
      return field.many ? (
        <LaterTags
          {...said}
          value={texts(value)}
          onChange={(all) => onChange(all.map(Number).filter(Number.isFinite))}
        />
      ) : (
        <Suspense fallback={<Skeleton height={50} />}>
          <NumberField field={field} value={value} onChange={onChange} />
        </Suspense>
      );
    case "zone":
      return (
        <Select
          {...said}
          data={Intl.supportedValuesOf("timeZone")}
          value={text(value)}
          onChange={onChange}
          searchable
          limit={50}
        />
      );
    case "time":
      return (
        <TextInput
          {...said}
          type="datetime-local"
          value={(text(value) ?? "").replace("Z", "").slice(0, 16)}
          onChange={(event) =>
            onChange(event.currentTarget.value ? `${event.currentTarget.value}:00Z` : null)
          }
        />
      );
    case "ranges":
      return (
        <LaterTags
          {...said}
          placeholder="1-7"
          value={listOf(value).map((pair) => listOf(pair).join("-"))}
          onChange={(all) => onChange(all.map((one) => one.split("-").map(Number)))}
        />
      );
    default:
      return field.many ? (
        <LaterTags {...said} value={texts(value)} onChange={onChange} />
      ) : (
        <TextInput
          {...said}
          value={text(value) ?? ""}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}

function ChoicePicker({ field, value, onChange }: ControlProps) {
  const wrong = useWrong(texts(value));
  const data = (field.choices ?? []).map((one) => ({ value: one.value, label: one.title }));
  if (field.many)
    return <LaterSeveral label={field.title} data={data} value={texts(value)} onChange={onChange} />;
  return (
    <Select
      label={field.title}
      data={data}
      error={wrong}
      value={text(value)}
      onChange={onChange}
      allowDeselect={field.default === null && !field.required}
      clearable={field.default === null && !field.required}
      placeholder="—"
    />
  );
}

function FieldsPicker({
  value,
  ...rest
}: {
  label: string;
  value: string[];
  onChange: (fields: string[]) => void;
}) {
  const fields = useFields().data ?? [];
  return (
    <LaterSeveral
      {...rest}
      error={useWrong(value)}
      value={value}
      data={fields.map((one) => ({ value: one.name, label: one.title }))}
      searchable
    />
  );
}

function SegmentsPicker({
  value,
  ...rest
}: {
  label: string;
  value: string[];
  onChange: (names: string[]) => void;
}) {
  const known = useSegments().data ?? [];
  const own = value.filter((name) => !known.some((one) => one.name === name));
  const inWords = useInWords(own);
  const data = [
    ...own.map((name) => ({ value: name, label: inWords(name) })),
    ...known.map(({ name, title }) => ({ value: name, label: title })),
  ];
  return <LaterSeveral {...rest} error={useWrong(value)} value={value} data={data} searchable />;
}
