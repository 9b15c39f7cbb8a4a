import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Talk.module.css";
import { useVersionActions } from "./usePast";

const FIELDS = ["who", "where", "when", "trigger", "goal"] as const;
type Field = (typeof FIELDS)[number];

/** In which situation the journey is told: without it a map is not published. */
export function Scenario({ id }: { id: string }) {
  const say = useSay();
  const { edit } = useVersionActions(id);
  const [said, setSaid] = useState<Partial<Record<Field, string>>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = Object.fromEntries(FIELDS.map((one) => [one, said[one]?.trim()]).filter(([, text]) => text));
    edit.mutate({ edit: "put", part: "scenarios", made: [made] });
  };
  return (
    <form className={classes.begin} onSubmit={submit}>
      <b>{say("web.maps.together.scenario")}</b>
      <p className={classes.soft}>{say("web.maps.together.scenario_about")}</p>
      {FIELDS.map((one) => (
        <TextInput
          key={one}
          size="xs"
          required={one === "who"}
          label={say(`web.maps.together.scenario_of.${one}`)}
          placeholder={say(`web.maps.together.scenario_eg.${one}`)}
          value={said[one] ?? ""}
          onChange={(event) => setSaid({ ...said, [one]: event.currentTarget.value })}
        />
      ))}
      <div className={classes.decide}>
        <Button size="xs" type="submit" loading={edit.isPending} disabled={!said.who?.trim()}>
          {say("web.do.save")}
        </Button>
      </div>
      {edit.error && <Problem error={edit.error} />}
    </form>
  );
}
