import { Button, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useRole } from "@/hooks/useRole";
import { type SurveyOf, type SurveySettings, useSurveyActions } from "@/hooks/useSurveys";
import { Card } from "@/parts/Card";
import { refused, told } from "@/parts/notice";
import { EventPicker } from "@/parts/pickers/EventPicker";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";

const WAYS = ["email", "sms", "wecom"] as const;

/** Who is asked when, how often at most, how it looks, and which sites may show it. */
export function Sending({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const { may } = useRole();
  const { save } = useSurveyActions();
  const [settings, setSettings] = useState<SurveySettings>(survey.settings);
  const put = (change: Partial<SurveySettings>) => setSettings({ ...settings, ...change });
  const { trigger, intercept, cap, theme } = settings;
  const { id, version, definition } = survey;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id, version, definition, settings },
      { onSuccess: () => told(say("web.surveys.saved")), onError: refused },
    );
  };
  return (
    <Card title={say("web.surveys.sending")}>
      <form className={classes.sending} onSubmit={submit}>
        <fieldset>
          <legend>{say("web.surveys.look_of_page")}</legend>
          <div className={classes.line}>
            <TextInput
              size="xs"
              w={120}
              type="color"
              label={say("web.surveys.accent")}
              value={theme?.accent ?? "#2f5bd7"}
              onChange={(event) =>
                put({ theme: { look: "auto", ...theme, accent: event.currentTarget.value } })
              }
            />
            <Select
              size="xs"
              w={180}
              label={say("web.surveys.scheme")}
              data={(["auto", "light", "dark"] as const).map((value) => ({
                value,
                label: say(`web.surveys.scheme_${value}`),
              }))}
              value={theme?.look ?? "auto"}
              allowDeselect={false}
              onChange={(look) => put({ theme: { ...theme, look: look ?? "auto" } })}
            />
          </div>
        </fieldset>
        <fieldset>
          <legend>{say("web.surveys.trigger")}</legend>
          <Switch
            size="xs"
            label={say("web.surveys.trigger_on")}
            checked={!!trigger}
            onChange={(event) =>
              put({
                trigger: event.currentTarget.checked
                  ? { event: "", delay: "1h", share: 1, way: "email" }
                  : null,
              })
            }
          />
          {trigger && (
            <div className={classes.line}>
              <EventPicker
                label={say("web.surveys.trigger_event")}
                value={trigger.event || null}
                onChange={(event) => put({ trigger: { ...trigger, event: event ?? "" } })}
              />
              <TextInput
                label={say("web.surveys.delay")}
                description={say("web.surveys.delay_about")}
                value={trigger.delay ?? ""}
                onChange={(event) => put({ trigger: { ...trigger, delay: event.currentTarget.value } })}
              />
              <Select
                label={say("web.surveys.way")}
                data={WAYS.map((value) => ({ value, label: say(`web.surveys.way_${value}`) }))}
                value={trigger.way}
                allowDeselect={false}
                onChange={(way) => put({ trigger: { ...trigger, way: way ?? trigger.way } })}
              />
            </div>
          )}
        </fieldset>
        <fieldset>
          <legend>{say("web.surveys.cap")}</legend>
          <div className={classes.line}>
            <NumberInput
              size="xs"
              w={140}
              min={1}
              max={100}
              label={say("web.surveys.cap_most")}
              value={cap?.most ?? 1}
              onChange={(most) => put({ cap: { days: 90, ...cap, most: Number(most) || 1 } })}
            />
            <NumberInput
              size="xs"
              w={140}
              min={1}
              max={3650}
              label={say("web.surveys.cap_days")}
              value={cap?.days ?? 90}
              onChange={(days) => put({ cap: { most: 1, ...cap, days: Number(days) || 1 } })}
            />
          </div>
        </fieldset>
        <fieldset>
          <legend>{say("web.surveys.sites")}</legend>
          <TagsInput
            size="xs"
            label={say("web.surveys.sites_label")}
            description={say("web.surveys.sites_about")}
            placeholder="https://shop.example"
            value={settings.embed ?? []}
            onChange={(embed) => put({ embed })}
          />
          <Switch
            size="xs"
            label={say("web.surveys.intercept_on")}
            checked={!!intercept}
            onChange={(event) =>
              put({
                intercept: event.currentTarget.checked
                  ? { event: null, pages: [], seconds: 5, share: 1, days: 90 }
                  : null,
              })
            }
          />
          {intercept && (
            <div className={classes.line}>
              <NumberInput
                size="xs"
                w={140}
                min={0}
                label={say("web.surveys.seconds")}
                value={intercept.seconds ?? 5}
                onChange={(seconds) => put({ intercept: { ...intercept, seconds: Number(seconds) || 0 } })}
              />
              <NumberInput
                size="xs"
                w={140}
                min={1}
                max={100}
                label={say("web.surveys.share_of")}
                value={Math.round((intercept.share ?? 1) * 100)}
                onChange={(share) => put({ intercept: { ...intercept, share: (Number(share) || 1) / 100 } })}
              />
              <NumberInput
                size="xs"
                w={180}
                min={0}
                label={say("web.surveys.again_days")}
                value={intercept.days ?? 90}
                onChange={(days) => put({ intercept: { ...intercept, days: Number(days) || 0 } })}
              />
            </div>
          )}
        </fieldset>
        <div>
          <Button type="submit" disabled={!may("editor")} loading={save.isPending}>
            {say("web.do.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
