import { TextInput } from "@mantine/core";
import { useState } from "react";
import { type SurveyOf, useSurveyLink } from "@/hooks/useSurveys";
import { Card } from "@/parts/Card";
import { Code } from "@/parts/Code";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";

/** The address for a device that stands somewhere for everybody, and where that is. */
export function Kiosk({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const [touchpoint, setTouchpoint] = useState("");
  const link = useSurveyLink(survey.id, "kiosk");
  if (!link.data) return null;
  const url = new URL(link.data.url);
  url.searchParams.set("kiosk", "1");
  if (touchpoint.trim()) url.searchParams.set("touchpoint", touchpoint.trim());
  return (
    <Card title={say("web.surveys.kiosk")}>
      <p className={classes.faint}>{say("web.surveys.kiosk_about")}</p>
      <TextInput
        size="xs"
        maw={320}
        my={8}
        maxLength={200}
        label={say("web.surveys.kiosk_where")}
        value={touchpoint}
        onChange={(event) => setTouchpoint(event.currentTarget.value)}
      />
      <Code text={url.href} label={say("web.surveys.kiosk")} />
    </Card>
  );
}
