import { Button } from "@mantine/core";
import type { Survey } from "@survey/definition";
import type { Theme } from "@survey/form/mount";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { type SurveyOf, useFindings } from "@/hooks/useSurveys";
import { useSay } from "@/words/say";
import { pageAdded, placeOf } from "./definition";
import classes from "./Editor.module.css";
import { Findings } from "./Findings";
import { PageBlock } from "./PageBlock";
import { Preview } from "./Preview";
import { Quotas } from "./Quotas";
import { SurveyParts } from "./SurveyParts";
import { useOrder } from "./useOrder";

interface Props {
  survey: SurveyOf;
  draft: Survey;
  theme: Theme;
  onChange: (draft: Survey) => void;
}

/** The draft at the left, the same survey as it will be answered at the right. */
export default function Editor({ survey, draft, theme, onChange }: Props) {
  const say = useSay();
  const findings = useFindings(draft, survey.findings);
  const order = useOrder(draft, onChange);
  const [open, setOpen] = useState<string | null>(draft.pages[0]?.questions[0]?.key ?? null);
  const whole = findings.filter((one) => !/^(pages|quotas)\b/.test(one.place));
  const page = open === null ? undefined : placeOf(draft, open)?.page;
  return (
    <div className={classes.editor}>
      <div className={classes.work}>
        <Findings of={whole} />
        <SurveyParts survey={draft} onChange={onChange} />
        {draft.pages.map((_, at) => (
          <PageBlock
            // biome-ignore lint/suspicious/noArrayIndexKey: a page has no name but its place
            key={at}
            survey={draft}
            at={at}
            findings={findings}
            open={open}
            order={order}
            onOpen={setOpen}
            onChange={onChange}
          />
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={13} />}
            onClick={() => onChange(pageAdded(draft))}
          >
            {say("web.surveys.add_page")}
          </Button>
        </div>
        <Quotas
          survey={draft}
          findings={findings.filter((one) => one.place.startsWith("quotas"))}
          onChange={onChange}
        />
      </div>
      <Preview survey={draft} theme={theme} page={page} />
    </div>
  );
}
