import { NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import type { SurveySettings } from "@/hooks/useSurveys";
import { Card } from "@/parts/Card";
import { EventPicker } from "@/parts/pickers/EventPicker";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";
import { Ends } from "./Ends";
import { Look } from "./Look";
import { Messages } from "./Messages";

const WAYS = ["email", "sms", "wecom"] as const;

interface Props {
  settings: SurveySettings;
  languages: readonly string[];
  onChange: (change: Partial<SurveySettings>) => void;
}

/** Who is asked when and in which words, how often at most, how it looks, when it ends, and which sites may show it. */
export function Sending({ settings, languages, onChange: put }: Props) {
  const say = useSay();
  const { trigger, intercept, cap, theme } = settings;
  return (
    <Card title={say("web.surveys.sending")}>
      <div className={classes.sending}>
        <Look theme={theme} onChange={(next) => put({ theme: next })} />
        <Ends settings={settings} onChange={put} />
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
              <NumberInput
                w={160}
                min={1}
                max={100}
                label={say("web.surveys.trigger_share")}
                value={Math.round((trigger.share ?? 1) * 100)}
                onChange={(share) => put({ trigger: { ...trigger, share: (Number(share) || 1) / 100 } })}
              />
            </div>
          )}
        </fieldset>
        <Messages
          messages={settings.messages}
          languages={languages}
          onChange={(messages) => put({ messages })}
        />
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
      </div>
    </Card>
  );
}
