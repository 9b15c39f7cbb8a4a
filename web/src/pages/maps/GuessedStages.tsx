import { Button } from "@mantine/core";
import { useSay } from "@/words/say";
import classes from "./DrawMap.module.css";
import { guessedFrom, inOneStage, type Line, proposed, type Rated } from "./draw";

interface Props {
  lines: Line[];
  survey: number;
  rated: Rated[];
  onChange: (lines: Line[]) => void;
}

/** That the stages are a guess, and from what; takes them back, and makes them anew, with one press. */
export function GuessedStages({ lines, survey, rated, onChange }: Props) {
  const say = useSay();
  const guess = proposed(rated, survey);
  const from = guessedFrom(guess);
  if (from === null) return null;
  const one = lines.every((line) => !line.stage);
  const again = () => onChange(lines.map((line, at) => ({ ...line, stage: guess[at]?.stage ?? "" })));
  return (
    <div className={classes.guessed}>
      <span>{say(one ? "web.maps.survey.one" : `web.maps.survey.guessed.${from}`)}</span>
      <Button variant="subtle" size="compact-sm" onClick={one ? again : () => onChange(inOneStage(lines))}>
        {say(one ? "web.maps.survey.guess_again" : "web.maps.survey.one_stage")}
      </Button>
    </div>
  );
}
