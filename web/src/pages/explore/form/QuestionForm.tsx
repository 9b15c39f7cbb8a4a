import { Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { AnalysisForm, FieldGroup, FormField, Json, Spec } from "@/api/types";
import { RangePicker } from "@/parts/pickers/RangePicker";
import type { Key } from "@/words/key";
import { useSay } from "@/words/say";
import { listOf, saidOf, withField } from "../spec";
import { FieldControl } from "./FieldControl";
import classes from "./Form.module.css";

// What moves steps about is only needed where there are steps.
const StepsEditor = lazy(() => import("./StepsEditor"));

interface Props {
  form: AnalysisForm;
  spec: Spec;
  /** The new question, and which field changed. */
  onChange: (spec: Spec, field: string) => void;
}

const HEADS: Record<Exclude<FieldGroup, "rules">, Key> = {
  what: "web.explore.what",
  who: "web.explore.who",
  when: "web.explore.when",
  split: "web.explore.split",
};
const GROUPS = ["what", "when", "who", "split"] as const;

/** What is asked: what, when, of whom, split by; the rules are folded away. */
export function QuestionForm({ form, spec, onChange }: Props) {
  const say = useSay();
  const control = (field: FormField) => (
    <Control key={`${form.name}.${field.name}`} form={form} field={field} spec={spec} onChange={onChange} />
  );
  const rules = form.fields.filter((field) => field.group === "rules");
  const said = rules.filter((field) => field.name in spec).length;
  return (
    <div className={classes.form}>
      {GROUPS.map((group) => {
        const fields = form.fields.filter((field) => field.group === group && field.name !== "until");
        return (
          fields.length > 0 && (
            <section key={group} className={classes.group}>
              <h2>{say(HEADS[group])}</h2>
              {fields.map(control)}
            </section>
          )
        );
      })}
      {rules.length > 0 && (
        <details className={classes.rules} open={said > 0 || undefined}>
          <summary>
            <IconChevronRight size={14} />
            {say("web.explore.rules")}
            {said > 0 && <span className={classes.badge}>{say("web.explore.rules_said", { n: said })}</span>}
          </summary>
          <div>{rules.map(control)}</div>
        </details>
      )}
    </div>
  );
}

function Control({ form, field, spec, onChange }: Props & { field: FormField }) {
  // The filter is all that stands under its head.
  const bare = field.group === "who" ? { ...field, title: "" } : field;
  const change = (value: Json) => onChange(withField(spec, field, value), field.name);
  if (field.name === "since") {
    const range = { since: (spec.since as string) ?? null, until: (spec.until as string) ?? null };
    return (
      <RangePicker
        value={range}
        onChange={({ since, until }) => {
          const { since: _, until: __, ...rest } = spec;
          onChange({ ...rest, ...(since ? { since } : {}), ...(until ? { until } : {}) }, "since");
        }}
      />
    );
  }
  if (field.kind === "steps") {
    return (
      <Suspense fallback={<Skeleton height={64 + 38 * listOf(spec[field.name]).length} />}>
        <StepsEditor
          label={field.title}
          value={saidOf(spec, field)}
          onChange={change}
          most={field.most ?? 16}
        />
      </Suspense>
    );
  }
  const by = form.fields.find((one) => one.name === "by");
  return (
    <FieldControl
      field={bare}
      value={saidOf(spec, field)}
      onChange={change}
      by={by && String(saidOf(spec, by) ?? "event")}
    />
  );
}
