import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Card } from "@/parts/Card";
import { scaleName } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { dayOf } from "@/parts/pickers/range";
import { Stale } from "@/parts/Stale";
import { clock } from "@/parts/timeline/where";
import { type Say, useSay } from "@/words/say";
import classes from "../Start.module.css";
import type { Preview as Found } from "../types";
import { roleName } from "./roles";

const NAMES = 8;
const ROWS = 6;
/** What the id of a customer begins with who is one row of a file and nobody else. */
const ALONE = "row:";
/** The notes on scales: of a survey's questions the table tells them, and lets them be set right. */
export const OF_SCALES = ["scales_taken", "scales_unknown"];
const SHOWN = [
  "time",
  "user_id",
  "anonymous_id",
  "event",
  "channel",
  "value",
  "currency",
  "score",
  "scale",
  "text",
];

/** What would come of the file: events by name, the first of them, and the rows that would be set aside. */
export function Preview({ preview, zone }: { preview: UseQueryResult<Found>; zone: string }) {
  const say = useSay();
  if (preview.isError) return <Problem error={preview.error} />;
  if (!preview.data) return <Skeleton height={260} radius={12} />;
  const { names, problems, notes, questions } = preview.data;
  const survey = questions.length > 0;
  const records = survey ? [] : preview.data.records;
  const text = survey ? surveyText(say, preview.data) : preview.data.text;
  const columns = SHOWN.filter((name) =>
    records.some((record) => record[name] !== undefined && !String(record[name]).startsWith(ALONE)),
  );
  const listed = Object.entries(names);
  return (
    <Card title={say("web.upload.preview")} flush>
      <Stale when={preview.isPlaceholderData}>
        <div className={classes.inside}>
          <p aria-live="polite">{text}</p>
          {!survey && (
            <p>
              {listed.slice(0, NAMES).map(([name, events]) => (
                <span key={name} className={classes.sample}>
                  {name} <b>{whole(events)}</b>
                </span>
              ))}
              {listed.length > NAMES && say("web.upload.more_names", { n: listed.length - NAMES })}
            </p>
          )}
          {problems.length > 0 && (
            <ul className={classes.problems}>
              {problems.map((one) => (
                <li key={one.code + one.field}>
                  <b>{say("web.upload.rows", { n: one.rows })}</b> {one.text}
                  {one.columns.length > 0 && <small> {one.columns.join(say("values.and"))}</small>}
                </li>
              ))}
            </ul>
          )}
          {notes
            .filter((note) => !(survey && OF_SCALES.includes(note.code)))
            .map((note) => (
              <p key={note.code + note.text} className={classes.hint}>
                {note.text}
              </p>
            ))}
        </div>
        {records.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
          <section className={classes.scroll} tabIndex={0} aria-label={say("web.upload.first_events")}>
            <table className={classes.table}>
              <thead>
                <tr>
                  {columns.map((name) => (
                    <th scope="col" key={name}>
                      {roleName(say, name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {records.slice(0, ROWS).map((record, line) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the first events keep their places
                  <tr key={line}>
                    {columns.map((name) => (
                      <td key={name}>{said(say, name, record, zone)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Stale>
    </Card>
  );
}

/** How many responses were looked at; of a long file those at its beginning. */
export function responsesText(say: Say, { responses, whole: all }: Found): string {
  return say(all ? "web.upload.responses" : "web.upload.responses_first", { n: responses });
}

/** What a survey's export holds, in one sentence. */
function surveyText(say: Say, found: Found): string {
  const { questions, refused } = found;
  const of = (kind: string) => questions.filter((one) => one.kind === kind).length;
  const told = {
    responses: responsesText(say, found),
    rated: of("rated"),
    said: of("said"),
    chosen: of("chosen"),
  };
  return say("web.upload.survey", told) + (refused ? say("web.upload.survey_refused", { n: refused }) : "");
}

/** A value of an event as people read it; of a time only what is known of it, by the file's own clock. */
function said(say: Say, name: string, record: Record<string, unknown>, zone: string): string {
  const value = record[name];
  if (value === undefined || value === null) return "—";
  if (name === "channel") return say.known(`web.channels.${value}`, String(value));
  if (name === "scale") return scaleName(say, String(value));
  if (name !== "time") return String(value);
  if (record.time_basis === "order") return "—";
  const time = String(value);
  return record.time_basis === "day" ? time.slice(0, 10) : `${dayOf(time, zone)} ${clock(time, zone)}`;
}
