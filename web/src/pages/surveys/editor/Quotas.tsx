import { ActionIcon, Button, NumberInput, TextInput } from "@mantine/core";
import type { Quota, Survey } from "@survey/definition";
import { languagesOf, questionsOf } from "@survey/definition";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Finding } from "@/hooks/useSurveys";
import { Card } from "@/parts/Card";
import { useSay } from "@/words/say";
import { freeKey } from "./definition";
import classes from "./Editor.module.css";
import { Findings } from "./Findings";
import { Logic } from "./Logic";
import { MaybeTexts } from "./Texts";

interface Props {
  survey: Survey;
  findings: Finding[];
  onChange: (survey: Survey) => void;
}

/** How many answers of which kind are wanted, and what whoever comes after reads. */
export function Quotas({ survey, findings, onChange }: Props) {
  const say = useSay();
  const quotas = survey.quotas ?? [];
  const keep = (next: Quota[]) => onChange({ ...survey, quotas: next.length ? next : undefined });
  const put = (at: number, change: Partial<Quota>) =>
    keep(quotas.map((one, place) => (place === at ? { ...one, ...change } : one)));
  const add = () =>
    keep([
      ...quotas,
      {
        key: freeKey(
          "quota",
          quotas.map((one) => one.key),
        ),
        most: 100,
      },
    ]);
  return (
    <Card title={say("web.surveys.quotas")}>
      <div className={classes.inside}>
        <p className={classes.faint}>{say("web.surveys.quotas_about")}</p>
        <Findings of={findings} />
        {quotas.map((quota, at) => {
          const name = quota.key || String(at + 1);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: its key is being written
            <fieldset key={at} className={classes.quota} aria-label={name}>
              <div className={classes.line}>
                <TextInput
                  size="xs"
                  w={160}
                  label={say("web.surveys.name_key")}
                  value={quota.key}
                  onChange={(event) => put(at, { key: event.currentTarget.value })}
                />
                <NumberInput
                  size="xs"
                  w={120}
                  min={1}
                  label={say("web.surveys.quota_most")}
                  value={quota.most}
                  onChange={(most) => put(at, { most: Number(most) || 1 })}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={say("web.do.remove_named", { name })}
                  onClick={() => keep(quotas.filter((_, place) => place !== at))}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </div>
              <Logic
                condition={quota.when}
                earlier={questionsOf(survey)}
                onChange={(when) => put(at, { when })}
              />
              <MaybeTexts
                label={say("web.surveys.closing")}
                value={quota.closing}
                languages={languagesOf(survey)}
                onChange={(closing) => put(at, { closing })}
              />
            </fieldset>
          );
        })}
        <div>
          <Button variant="default" size="xs" leftSection={<IconPlus size={13} />} onClick={add}>
            {say("web.surveys.add_quota")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
