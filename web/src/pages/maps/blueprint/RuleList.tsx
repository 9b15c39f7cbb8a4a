import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/parts/Dialog";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Blueprint.module.css";
import { type Findings, type Rule, useWaivers } from "./useBlueprint";
import { Waive } from "./Waive";

interface Props {
  id: string;
  found: Findings | undefined;
  opened: boolean;
  onClose: () => void;
}

/** Every rule, what it looks for, and who switched it off. */
export function RuleList({ id, found, opened, onClose }: Props) {
  const say = useSay();
  const { restore } = useWaivers(id);
  const [off, setOff] = useState<Rule | null>(null);
  return (
    <>
      <Dialog
        opened={opened && off === null}
        onClose={onClose}
        title={say("web.maps.blueprint.rules")}
        size="lg"
      >
        <ul className={classes.rules}>
          {(found?.rules ?? []).map((one) => (
            <li key={one.rule}>
              <div>
                <b>{one.title}</b>
                <p>{one.about}</p>
                {one.waiver && (
                  <p className={classes.soft}>
                    {say("web.maps.blueprint.off_by", {
                      by: one.waiver.by,
                      on: one.waiver.on ?? "—",
                      reason: one.waiver.reason,
                    })}
                  </p>
                )}
              </div>
              {found?.edits && !one.waiver && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={say("web.maps.blueprint.off_of", { rule: one.title })}
                  onClick={() => setOff(one)}
                >
                  {say("web.maps.blueprint.off")}
                </Button>
              )}
              {found?.edits && one.waiver && (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={restore.isPending && restore.variables === one.rule}
                  onClick={() => restore.mutate(one.rule)}
                >
                  {say("web.maps.blueprint.on")}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {restore.error && <Problem error={restore.error} />}
      </Dialog>
      {off && (
        <Waive
          id={id}
          of={off.rule}
          title={say("web.maps.blueprint.off")}
          about={`${off.title}: ${off.about}`}
          onClose={() => setOff(null)}
        />
      )}
    </>
  );
}
