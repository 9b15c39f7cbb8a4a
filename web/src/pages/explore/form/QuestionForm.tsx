import { Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense } from "react";
import type { AnalysisForm, FieldGroup, FormField, Json, Spec } from "@/api/types";
import { RangePicker } from "@/parts/pickers/RangePicker";
import { WrongName } from "@/parts/wrong";
import type { Key } from "@/words/key";
import { useSay } from "@/words/say";
import { listOf, saidOf, withField } from "../spec";
import { renamed, type Wrong } from "../wrong";
import { FieldControl } from "./FieldControl";
import classes from "./Form.module.css";

// What moves steps about is only needed where there are steps.
const StepsEditor = lazy(() => import("./StepsEditor"));

interface Props {
  form: AnalysisForm;
  spec: Spec;
  /** The new question, and which field changed. */
  onChange: (spec: Spec, field: string) => void;
  /** What the service refused of it. */
  wrong?: Wrong | null;
}

const HEADS: Record<Exclude<FieldGroup, "rules">, Key> = {
  what: "web.explore.what",
  who: "web.explore.who",
  when: "web.explore.when",
  split: "web.explore.split",
};
const GROUPS = ["what", "when", "who", "split"] as const;

/** What is asked: what, when, of whom, split by; the rules are folded away. */
export function QuestionForm({ form, spec, onChange, wrong = null }: Props) {
  const say = useSay();
  const control = (field: FormField) => (
    <Marked key={`${form.name}.${field.name}`} wrong={wrong?.field === field.name ? wrong : null}>
      <Control form={form} field={field} spec={spec} onChange={onChange} />
      {wrong?.field === field.name && (
        <p className={classes.wrong}>
          {wrong.told}
          {wrong.name !== null && wrong.near !== null && (
            <button
              type="button"
              className={classes.link}
              onClick={() =>
                onChange(
                  withField(spec, field, renamed(saidOf(spec, field), wrong.name ?? "", wrong.near ?? "")),
                  field.name,
                )
              }
            >
              {say("web.explore.take_near", { name: wrong.near })}
            </button>
          )}
        </p>
      )}
    </Marked>
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

/** The controls of one field; those that say what is wrong are marked. */
function Marked({ wrong, children }: { wrong: Wrong | null; children: ReactNode }) {
  return (
    <WrongName value={wrong?.name ?? null}>
      {wrong ? <div className={classes.marked}>{children}</div> : children}
    </WrongName>
  );
}

function Control({ form, field, spec, onChange }: Omit<Props, "wrong"> & { field: FormField }) {
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
