import { MultiSelect, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import type { MaxDiff, Question, Text } from "@survey/definition";
import { manyOf } from "@survey/logic/maxdiff";
import { decimal } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Editor.module.css";
import { Options } from "./Options";
import { MaybeTexts, Texts } from "./Texts";

interface Props {
  question: Question;
  languages: readonly string[];
  onChange: (question: Question) => void;
}

const DIMENSIONS = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"] as const;

/** What only some kinds have: options, scales, bounds. */
export function KindParts({ question, languages, onChange }: Props) {
  const say = useSay();
  const put = (parts: Record<string, unknown>) => onChange({ ...question, ...parts } as Question);
  const number = (
    name: string,
    value: number | null | undefined,
    of: { min?: number; max?: number } = {},
  ) => (
    <NumberInput
      size="xs"
      w={120}
      label={say.known(`web.surveys.part_${name}`, name)}
      value={value ?? ""}
      {...of}
      onChange={(next) => put({ [name]: next === "" ? undefined : Number(next) })}
    />
  );
  const flag = (name: string, value: boolean | undefined) => (
    <Switch
      size="xs"
      label={say.known(`web.surveys.part_${name}`, name)}
      checked={value ?? false}
      onChange={(event) => put({ [name]: event.currentTarget.checked || undefined })}
    />
  );
  const points = (value: number | undefined, choices: number[], otherwise: number) => (
    <Select
      size="xs"
      w={120}
      label={say("web.surveys.part_points")}
      data={choices.map(String)}
      value={String(value ?? otherwise)}
      allowDeselect={false}
      onChange={(next) => put({ points: Number(next) })}
    />
  );
  const ends = (low: Text | null | undefined, high: Text | null | undefined) => (
    <>
      <MaybeTexts
        label={say("web.surveys.low_end")}
        value={low}
        languages={languages}
        onChange={(text) => put({ low: text })}
      />
      <MaybeTexts
        label={say("web.surveys.high_end")}
        value={high}
        languages={languages}
        onChange={(text) => put({ high: text })}
      />
    </>
  );
  switch (question.kind) {
    case "nps":
    case "emoji":
      return ends(question.low, question.high);
    case "ces":
      return (
        <>
          <Select
            size="xs"
            w={260}
            label={say("web.surveys.wording")}
            data={(["ease", "effort"] as const).map((value) => ({
              value,
              label: say(`web.surveys.wording_${value}`),
            }))}
            value={question.wording ?? "ease"}
            allowDeselect={false}
            onChange={(wording) => put({ wording })}
          />
          {ends(question.low, question.high)}
        </>
      );
    case "csat":
      return (
        <>
          {points(question.points, [3, 4, 5, 7, 10], 5)}
          {ends(question.low, question.high)}
        </>
      );
    case "rating":
      return (
        <>
          <div className={classes.line}>
            {points(question.points, [2, 3, 4, 5, 6, 7, 8, 9, 10], 5)}
            <Select
              size="xs"
              w={120}
              label={say("web.surveys.look")}
              data={(["stars", "numbers"] as const).map((value) => ({
                value,
                label: say(`web.surveys.look_${value}`),
              }))}
              value={question.look ?? "stars"}
              allowDeselect={false}
              onChange={(look) => put({ look })}
            />
          </div>
          {ends(question.low, question.high)}
        </>
      );
    case "single":
      return (
        <>
          <Options
            label={say("web.surveys.options")}
            options={question.options}
            languages={languages}
            marks={question.shuffle ? ["fixed"] : []}
            onChange={(options) => put({ options })}
          />
          <div className={classes.line}>
            {flag("other", question.other)}
            {flag("shuffle", question.shuffle)}
          </div>
        </>
      );
    case "multi":
      return (
        <>
          <Options
            label={say("web.surveys.options")}
            options={question.options}
            languages={languages}
            marks={question.shuffle ? ["fixed", "alone"] : ["alone"]}
            onChange={(options) => put({ options })}
          />
          <div className={classes.line}>
            {flag("other", question.other)}
            {flag("shuffle", question.shuffle)}
            {number("least", question.least, { min: 1 })}
            {number("most", question.most, { min: 1 })}
          </div>
        </>
      );
    case "ranking":
      return (
        <>
          <Options
            label={say("web.surveys.options")}
            options={question.options}
            languages={languages}
            onChange={(options) => put({ options })}
          />
          <div className={classes.line}>
            {flag("shuffle", question.shuffle)}
            {number("top", question.top, { min: 1, max: question.options.length })}
          </div>
        </>
      );
    case "maxdiff":
      return (
        <>
          <Options
            label={say("web.surveys.options")}
            options={question.options}
            languages={languages}
            least={3}
            most={30}
            onChange={(options) => put({ options })}
          />
          <div className={classes.line}>
            {number("size", question.size ?? 4, { min: 3, max: 8 })}
            {number("sets", question.sets ?? manyOf(question), { min: 1, max: 40 })}
          </div>
          <p className={classes.faint}>{say("web.surveys.sets_about", { n: timesShown(question) })}</p>
          <MaybeTexts
            label={say("web.surveys.best_end")}
            value={question.best}
            languages={languages}
            onChange={(best) => put({ best })}
          />
          <MaybeTexts
            label={say("web.surveys.worst_end")}
            value={question.worst}
            languages={languages}
            onChange={(worst) => put({ worst })}
          />
        </>
      );
    case "matrix":
      return (
        <>
          <Options
            label={say("web.surveys.rows")}
            options={question.rows}
            languages={languages}
            onChange={(rows) => put({ rows })}
          />
          <Switch
            size="xs"
            label={say("web.surveys.by_columns")}
            checked={!!question.columns}
            onChange={(event) =>
              put(
                event.currentTarget.checked
                  ? { points: undefined, named_scale: undefined, columns: [column("a"), column("b")] }
                  : { points: 5, columns: undefined },
              )
            }
          />
          {question.columns ? (
            <Options
              label={say("web.surveys.columns")}
              options={question.columns}
              languages={languages}
              onChange={(columns) => put({ columns })}
            />
          ) : (
            points(question.points ?? 5, [2, 3, 4, 5, 6, 7, 8, 9, 10], 5)
          )}
          {flag("shuffle", question.shuffle)}
        </>
      );
    case "servqual":
      return (
        <>
          <Options
            label={say("web.surveys.statements")}
            options={question.items}
            languages={languages}
            onChange={(items) => put({ items })}
            more={(item, change) => (
              <Select
                size="xs"
                aria-label={say("web.surveys.dimension")}
                data={DIMENSIONS.map((value) => ({ value, label: say(`web.surveys.dimension_${value}`) }))}
                value={item.dimension}
                allowDeselect={false}
                onChange={(dimension) => change({ ...item, dimension: dimension ?? item.dimension })}
              />
            )}
          />
          <div className={classes.line}>
            {points(question.points, [5, 7, 9], 7)}
            <Switch
              size="xs"
              label={say("web.surveys.expectations")}
              checked={(question.sides ?? ["expectation", "perception"]).includes("expectation")}
              onChange={(event) =>
                put({ sides: event.currentTarget.checked ? ["expectation", "perception"] : ["perception"] })
              }
            />
          </div>
        </>
      );
    case "kano":
      return (
        <>
          <Texts
            label={say("web.surveys.functional")}
            value={question.functional}
            languages={languages}
            onChange={(functional) => put({ functional })}
          />
          <Texts
            label={say("web.surveys.dysfunctional")}
            value={question.dysfunctional}
            languages={languages}
            onChange={(dysfunctional) => put({ dysfunctional })}
          />
        </>
      );
    case "text":
      return (
        <div className={classes.line}>
          {number("longest", question.longest ?? 2000, { min: 1, max: 10000 })}
          <Switch
            size="xs"
            label={say("web.surveys.one_line")}
            checked={question.lines === "one"}
            onChange={(event) => put({ lines: event.currentTarget.checked ? "one" : undefined })}
          />
        </div>
      );
    case "number":
      return (
        <>
          <div className={classes.line}>
            {number("low", question.low)}
            {number("high", question.high)}
            {flag("whole", question.whole)}
          </div>
          <MaybeTexts
            label={say("web.surveys.unit")}
            value={question.unit}
            languages={languages}
            onChange={(unit) => put({ unit })}
          />
        </>
      );
    case "date":
      return (
        <div className={classes.line}>
          {(["low", "high"] as const).map((name) => (
            <TextInput
              key={name}
              size="xs"
              type="date"
              label={say(`web.surveys.day_${name}`)}
              value={question[name] ?? ""}
              onChange={(event) => put({ [name]: event.currentTarget.value || undefined })}
            />
          ))}
        </div>
      );
    case "file":
      return (
        <div className={classes.line}>
          <MultiSelect
            size="xs"
            miw={220}
            label={say("web.surveys.accepts")}
            data={(["image", "pdf", "text"] as const).map((value) => ({
              value,
              label: say(`web.surveys.accepts_${value}`),
            }))}
            value={question.accepts ?? ["image", "pdf"]}
            onChange={(accepts) => accepts.length && put({ accepts })}
          />
          {number("megabytes", question.megabytes ?? 5, { min: 1, max: 20 })}
          {number("files", question.files ?? 1, { min: 1, max: 5 })}
        </div>
      );
    case "consent":
      return (
        <TextInput
          size="xs"
          w={260}
          label={say("web.surveys.category")}
          description={say("web.surveys.category_about")}
          value={question.category}
          onChange={(event) => put({ category: event.currentTarget.value })}
        />
      );
  }
}

/** How often each option is shown to a respondent, on average. */
function timesShown(question: MaxDiff): string {
  const { options, size = 4 } = question;
  return decimal((manyOf(question) * Math.min(size, options.length)) / options.length) ?? "";
}

function column(key: string) {
  return { key, text: { zh: "", en: "" } };
}
