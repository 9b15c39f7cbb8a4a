import { Select } from "@mantine/core";
import { scaleName } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";
import type { Preview } from "../types";
import type { Mapping } from "./mapping";
import { SCALES } from "./roles";

interface Props {
  found: Preview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Stands for a question that is no rating: its answers are kept, to choose customers by. */
const FILTER = "filter";
const isNumber = (answer: string) => answer.trim() !== "" && !Number.isNaN(Number(answer));

/** What a survey's export asks: a line for each question, with what it is read as; a scale can be set right. */
export function Questions({ found, mapping, onChange }: Props) {
  const say = useSay();
  const scaled = (question: string, scale: string | null) => {
    const { [question]: _, ...others } = (mapping.scales ?? {}) as Record<string, string>;
    onChange({ ...mapping, scales: scale && scale !== FILTER ? { ...others, [question]: scale } : others });
  };
  return (
    <table className={`${classes.columns} ${classes.questions}`}>
      <thead>
        <tr>
          <th scope="col">{say("web.upload.question")}</th>
          <th scope="col">{say("web.upload.answers_seen")}</th>
          <th scope="col">{say("web.upload.read_as")}</th>
        </tr>
      </thead>
      <tbody>
        {found.questions.map(({ question, kind, scale, answers, examples }) => (
          <tr key={`${kind} ${scale} ${question}`}>
            <th scope="row">
              {question}
              <small>{say("web.upload.answers", { n: whole(answers) })}</small>
            </th>
            <td>
              {examples.map((one) => (
                <span key={one} className={classes.sample} title={one}>
                  {one}
                </span>
              ))}
            </td>
            <td>
              {(kind === "rated" && scale) || (kind === "chosen" && examples.every(isNumber)) ? (
                <Select
                  aria-label={say("web.upload.read_column", { name: question })}
                  data={[...new Set([scale ?? FILTER, ...SCALES])].map((value) => ({
                    value,
                    label:
                      value === FILTER
                        ? say("web.upload.to_filter")
                        : say("web.upload.rated", { scale: scaleName(say, value) }),
                  }))}
                  value={scale ?? FILTER}
                  onChange={(next) => scaled(question, next)}
                  allowDeselect={false}
                />
              ) : (
                <span className={classes.told}>
                  {say(kind === "said" ? "web.upload.in_words" : "web.upload.to_filter")}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
