import type { SurveyListed } from "@/hooks/useSurveys";
import { Chip } from "@/parts/Chip";
import { useSay } from "@/words/say";

const TONES = { draft: "plain", open: "good", closed: "mid" } as const;

/** Whether a survey is asked, and whether its draft says something else. */
export function StateChip({ survey }: { survey: Pick<SurveyListed, "state" | "changed"> }) {
  const say = useSay();
  return (
    <span>
      <Chip tone={TONES[survey.state]}>{say(`web.surveys.state_${survey.state}`)}</Chip>{" "}
      {survey.changed && <Chip tone="accent">{say("web.surveys.changed")}</Chip>}
    </span>
  );
}
