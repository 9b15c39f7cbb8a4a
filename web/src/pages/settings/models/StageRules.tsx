import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Of } from "@/api/schemas";
import type { Model } from "@/hooks/useModel";
import { EventsPicker } from "@/parts/pickers/EventPicker";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";
import { type Rule, rulesOf, type Side, withRules } from "./document";

interface Props {
  stage: Of<"StageOf">;
  document: Model["document"];
  /** Not given where the rules are only read. */
  onChange?: (document: Model["document"]) => void;
}

const SIDES: Side[] = ["entry", "exit"];

/** One stage: what brings a customer in, and what ends the time in it. */
export function StageRules({ stage, document, onChange }: Props) {
  const say = useSay();
  return (
    <li className={classes.stage}>
      <div className={classes.stagehead}>
        <b>{stage.name[say.lang]}</b>
        {stage.goal && <span className={classes.faint}>{stage.goal[say.lang]}</span>}
        <div className={classes.space} />
        <span className={classes.faint}>{say("web.settings.owner", { name: stage.owner ?? "—" })}</span>
      </div>
      <div className={classes.rules}>
        {SIDES.map((side) => (
          <div key={side}>
            <h3>{say(`web.settings.${side}`)}</h3>
            {onChange ? (
              <RulesEditor
                rules={rulesOf(document, stage.key, side)}
                onChange={(rules) => onChange(withRules(document, stage.key, side, rules))}
              />
            ) : (
              <ul className={classes.said}>
                {stage[side].map((rule) => (
                  <li key={rule.en}>{rule[say.lang]}</li>
                ))}
                {!stage[side].length && <li className={classes.faint}>—</li>}
              </ul>
            )}
          </div>
        ))}
      </div>
    </li>
  );
}

function RulesEditor({ rules, onChange }: { rules: Rule[]; onChange: (rules: Rule[]) => void }) {
  const say = useSay();
  const set = (place: number, changed: Partial<Rule>) =>
    onChange(rules.map((rule, at) => (at === place ? { ...rule, ...changed } : rule)));
  return (
    <>
      {rules.map((rule, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name
        <div key={place} className={classes.rule}>
          <EventsPicker
            value={rule.events ?? []}
            onChange={(events) => set(place, { events })}
            aria-label={say("web.settings.rule_events")}
            placeholder={say("web.settings.any_event")}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={say("web.settings.rule_out")}
            onClick={() => onChange(rules.filter((_, at) => at !== place))}
          >
            <IconTrash size={15} />
          </ActionIcon>
          <TextInput
            aria-label={say("web.settings.rule_where")}
            placeholder={say("web.settings.rule_where")}
            value={rule.where ?? ""}
            onChange={(event) => set(place, { where: event.currentTarget.value })}
          />
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...rules, { events: [] }])}
      >
        {say("web.settings.rule_more")}
      </Button>
    </>
  );
}
