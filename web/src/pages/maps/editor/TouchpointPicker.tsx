import { ActionIcon, type ComboboxItem, type OptionsFilter, Select } from "@mantine/core";
import { IconPencil, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "@/parts/Dialog";
import { refused } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { TouchpointForm } from "../library/TouchpointForm";
import {
  idOf,
  type LibraryTouchpoint,
  placeOf,
  type TouchpointChannel,
  useTouchpointActions,
  useTouchpoints,
} from "../library/useTouchpoints";
import classes from "./Details.module.css";
import type { Step } from "./document";
import { change } from "./edits";
import type { Bench } from "./useBench";

/** The option that makes another touchpoint, called as was typed. */
const NEW = "\u0000new";
const SHOWN = 60;

/** Where the customer meets the company at a step: chosen from the list that all maps share, or added to it. */
export function TouchpointPicker({ bench, step }: { bench: Bench; step: Step }) {
  const say = useSay();
  const found = useTouchpoints();
  const { add } = useTouchpointActions();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const all = found.data?.touchpoints ?? [];
  const channels = found.data?.channels ?? [];
  const own = step.touchpoints ?? [];
  // In how many maps each is used is told anew once the edit has been kept.
  const used = own.join(" ");
  const counted = useRef(used);
  const { refetch } = found;
  useEffect(() => {
    if (bench.busy || counted.current === used) return;
    counted.current = used;
    void refetch();
  }, [bench.busy, used, refetch]);
  const set = (touchpoints: string[]) =>
    bench.edit(change("steps", step.key, { touchpoints: touchpoints.length ? touchpoints : null }));
  const choose = (id: string | null) => {
    if (id !== NEW) return id && set([...own, id]);
    const made = idOf(typed);
    const there = all.find((one) => one.id === made);
    if (there || !made) return there && !own.includes(made) && set([...own, made]);
    // By the time it is there, the step may have other touchpoints, and another step may be looked at.
    const meet = () => {
      const now = bench.desk.seen().steps.find((one) => one.key === step.key);
      if (now) bench.edit(change("steps", now.key, { touchpoints: [...(now.touchpoints ?? []), made] }));
    };
    add.mutateAsync({ id: made, name: typed.trim() }).then(meet, refused);
  };
  const options = all
    .filter((one) => !own.includes(one.id))
    .map((one) => ({ value: one.id, label: one.name[say.lang] }));
  const edited = all.find((one) => one.id === open);
  return (
    <div className={classes.words}>
      <Select
        label={say("web.maps.edit.touchpoints")}
        description={say("web.maps.edit.touchpoints_about")}
        placeholder={say("web.maps.edit.touchpoint_find")}
        searchable
        value={null}
        searchValue={typed}
        onSearchChange={setTyped}
        data={[
          ...options,
          { value: NEW, label: say("web.maps.edit.touchpoint_new", { name: typed.trim() }) },
        ]}
        filter={fitting}
        limit={SHOWN}
        maxDropdownHeight={260}
        onChange={choose}
        renderOption={({ option }) => {
          const one = all.find(({ id }) => id === option.value);
          return (
            <span className={classes.option}>
              {option.label}
              {one && <small>{toldOf(one, channels, say)}</small>}
            </span>
          );
        }}
      />
      {found.error && <Problem error={found.error} />}
      {own.length > 0 && (
        <ul className={classes.picked}>
          {own.map((id) => {
            const one = all.find((some) => some.id === id);
            const name = one?.name[say.lang] ?? id;
            return (
              <li key={id}>
                <span className={classes.option}>
                  {name}
                  <small>{one ? toldOf(one, channels, say) : say("web.maps.edit.touchpoint_unknown")}</small>
                </span>
                {one && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={say("web.maps.edit.touchpoint_edit", { name })}
                    onClick={() => setOpen(id)}
                  >
                    <IconPencil size={14} />
                  </ActionIcon>
                )}
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={say("web.do.remove_named", { name })}
                  onClick={() => set(own.filter((some) => some !== id))}
                >
                  <IconX size={14} />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
      )}
      <Dialog
        opened={edited !== undefined}
        onClose={() => setOpen(null)}
        size="lg"
        title={edited?.name[say.lang] ?? ""}
      >
        {edited && <TouchpointForm touchpoint={edited} channels={channels} onDone={() => setOpen(null)} />}
      </Dialog>
    </div>
  );
}

/** The options that fit what was typed, and last the one that makes another: where something was typed that none is called. */
const fitting: OptionsFilter = ({ options, search }) => {
  const typed = search.trim().toLocaleLowerCase();
  return (options as ComboboxItem[]).filter(({ value, label }) =>
    value === NEW
      ? typed !== "" && !options.some((one) => "label" in one && one.label.toLocaleLowerCase() === typed)
      : `${label} ${value}`.toLocaleLowerCase().includes(typed),
  );
};

/** What is known of a touchpoint, in a line: where it is, on which channels, in how many maps it is used. */
function toldOf(
  one: LibraryTouchpoint,
  channels: TouchpointChannel[],
  say: ReturnType<typeof useSay>,
): string {
  const place = placeOf(one, channels);
  const maps = new Set(one.uses.map((use) => use.map)).size;
  return [
    place && say(`web.maps.touchpoints.places.${place}`),
    ...one.channels.map((key) => channels.find((some) => some.key === key)?.name ?? key),
    maps > 0 && say("web.maps.edit.touchpoint_maps", { n: maps }),
  ]
    .filter(Boolean)
    .join(" · ");
}
