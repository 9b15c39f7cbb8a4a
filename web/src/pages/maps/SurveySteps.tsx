import { Checkbox, TextInput } from "@mantine/core";
import { scaleName } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./DrawMap.module.css";
import type { Line } from "./draw";

interface Props {
  lines: Line[];
  onChange: (lines: Line[]) => void;
}

/** Which of a survey's questions are steps, what they are called, and where a stage begins. */
export function SurveySteps({ lines, onChange }: Props) {
  const say = useSay();
  const set = (at: number, change: Partial<Line>) =>
    onChange(lines.map((one, place) => (place === at ? { ...one, ...change } : one)));
  const placeholder = (taken: boolean, overall: boolean, begins: boolean) => {
    if (!taken) return overall ? say("web.maps.survey.head") : "";
    return say(begins ? "web.maps.survey.first" : "web.maps.survey.same");
  };
  const first = lines.findIndex((one) => one.taken);
  return (
    <div className={classes.steps}>
      <table>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {say("web.maps.survey.step")}
            </th>
            <th scope="col">{say("web.maps.survey.stage")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ question, name, stage, scale, n, overall, taken }, at) => (
            <tr key={question + scale} data-taken={taken}>
              <td>
                <Checkbox
                  aria-label={say("web.maps.survey.take", { name: question })}
                  checked={taken}
                  onChange={(event) => set(at, { taken: event.currentTarget.checked })}
                />
              </td>
              <td>
                <TextInput
                  aria-label={say("web.maps.survey.name_of", { name: question })}
                  title={question}
                  value={name}
                  disabled={!taken}
                  maxLength={200}
                  onChange={(event) => set(at, { name: event.currentTarget.value })}
                />
                <small>{say("web.maps.survey.answers", { scale: scaleName(say, scale), n: whole(n) })}</small>
              </td>
              <td>
                <TextInput
                  aria-label={say("web.maps.survey.stage_of", { name: question })}
                  placeholder={placeholder(taken, overall, at === first)}
                  value={taken ? stage : ""}
                  disabled={!taken}
                  maxLength={200}
                  onChange={(event) => set(at, { stage: event.currentTarget.value })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
