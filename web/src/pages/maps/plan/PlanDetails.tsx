import { ActionIcon, Button, Checkbox } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useSay } from "@/words/say";
import { change, type Edit } from "../editor/edits";
import { Words } from "../editor/fields";
import type { Bench } from "../editor/useBench";
import classes from "./Plan.module.css";
import { found, optional, passed, planned, planOf, unplanned } from "./plan";

/** The way through the map as it is meant: its steps in order, which of them may be left out. */
export function PlanDetails({ bench }: { bench: Bench }) {
  const say = useSay();
  const { map } = bench;
  const path = planOf(map);
  const own = path && !found(path) ? path : null;
  const all = planned(
    map,
    map.steps.map((step) => step.key),
  );
  const edit = (made: Edit | null) => bench.edit(made, say("web.maps.plan.said"));
  return (
    <>
      {own ? (
        <Words
          label={say("web.maps.plan.called")}
          value={own.name}
          onSave={(name) => name && bench.edit(change("paths", own.key, { name }))}
        />
      ) : (
        <p className={classes.about}>{say(path ? "web.maps.plan.is_found" : "web.maps.plan.none")}</p>
      )}
      {own && (
        <ol className={classes.steps}>
          {own.steps.map((key, at) => {
            const name = map.steps.find((step) => step.key === key)?.name[say.lang] ?? key;
            const left = own.steps.filter((_, place) => place !== at);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a path may pass a step twice
              <li key={`${key}-${at}`}>
                <span className={classes.step}>
                  <b>{at + 1}</b> {name}
                </span>
                <span className={classes.moves}>
                  <Tiny
                    label={say("web.maps.plan.earlier", { name })}
                    run={() => edit(passed(map, at, -1))}
                    off={at === 0}
                  >
                    <IconChevronUp size={14} />
                  </Tiny>
                  <Tiny
                    label={say("web.maps.plan.later", { name })}
                    run={() => edit(passed(map, at, 1))}
                    off={at === own.steps.length - 1}
                  >
                    <IconChevronDown size={14} />
                  </Tiny>
                  <Tiny
                    label={say("web.maps.plan.take_off_named", { name })}
                    run={() => edit(planned(map, left))}
                  >
                    <IconX size={14} />
                  </Tiny>
                </span>
                <Checkbox
                  size="xs"
                  label={say("web.maps.plan.may")}
                  checked={own.optional?.includes(key) ?? false}
                  onChange={(event) => edit(optional(map, key, event.currentTarget.checked))}
                />
              </li>
            );
          })}
        </ol>
      )}
      <div className={classes.do}>
        <Button variant="default" size="xs" disabled={all === null} onClick={() => edit(all)}>
          {say("web.maps.plan.all")}
        </Button>
        {own && (
          <Button variant="subtle" size="xs" color="gray" onClick={() => edit(unplanned(map))}>
            {say("web.maps.plan.remove")}
          </Button>
        )}
      </div>
    </>
  );
}

function Tiny({
  label,
  run,
  off = false,
  children,
}: {
  label: string;
  run: () => void;
  off?: boolean;
  children: ReactNode;
}) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={run} disabled={off}>
      {children}
    </ActionIcon>
  );
}
