import { ActionIcon, Button, MultiSelect, Textarea, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { Of } from "@/api/schemas";
import { Side } from "@/parts/Side";
import { useSay } from "@/words/say";
import type { MapDocument } from "../document";
import { useMap } from "../useMaps";
import classes from "./Present.module.css";
import { type MapFrame, useEdited, useFrameEdits } from "./useFrames";

interface Props {
  id: string;
  found: Of<"MapFrames">;
  opened: boolean;
  onClose: () => void;
  onShow: (at: number) => void;
}

/** The frames of a map, to be put in order, titled, and told what they show. */
export function FrameList({ id, found, opened, onClose, onShow }: Props) {
  const say = useSay();
  const edits = useFrameEdits(id);
  const frames = useEdited(id, found.frames);
  const make = () => edits.mutate({ edit: "put", part: "frames", made: found.frames.map(kept) });
  const add = () =>
    edits.mutate({ edit: "put", part: "frames", made: [{ title: say("web.maps.present.new") }] });
  return (
    <Side
      opened={opened}
      onClose={onClose}
      position="right"
      size={420}
      title={say("web.maps.present.frames")}
    >
      {found.own ? (
        <>
          <ol className={classes.frames}>
            {frames.map((frame, at) => (
              <Frame key={frame.key} id={id} frame={frame} at={at} all={frames} onShow={() => onShow(at)} />
            ))}
          </ol>
          <Button
            mt={12}
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={add}
            loading={edits.isPending}
          >
            {say("web.maps.present.add")}
          </Button>
        </>
      ) : (
        <>
          <p className={classes.derived}>{say("web.maps.present.derived")}</p>
          <Button onClick={make} loading={edits.isPending}>
            {say("web.maps.present.make")}
          </Button>
        </>
      )}
    </Side>
  );
}

/** A derived frame as one that is kept; an empty text says nothing. */
function kept({ key, title, text, steps, lanes }: MapFrame) {
  return { key, title, ...(text && { text }), steps, lanes };
}

function Frame({
  id,
  frame,
  at,
  all,
  onShow,
}: {
  id: string;
  frame: MapFrame;
  at: number;
  all: MapFrame[];
  onShow: () => void;
}) {
  const say = useSay();
  const { mutate } = useFrameEdits(id);
  const map = useMap(id).data?.document as unknown as MapDocument | undefined;
  const change = (fields: Record<string, unknown>) =>
    mutate({ edit: "change", part: "frames", key: frame.key, fields });
  const move = (behind: string | null) => mutate({ edit: "move", part: "frames", key: frame.key, behind });
  const said = (text: string) => ({ ...own?.title, [say.lang]: text });
  const own = map?.frames?.find((one) => one.key === frame.key);
  const named = (name: string) => say("web.maps.present.of", { name, frame: frame.title });
  return (
    <li onFocusCapture={onShow}>
      <div className={classes.row}>
        <TextInput
          aria-label={named(say("web.maps.present.title"))}
          defaultValue={frame.title}
          onBlur={(event) => {
            const text = event.currentTarget.value.trim();
            if (text && text !== frame.title) change({ title: own ? said(text) : text });
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={at === 0}
          aria-label={named(say("web.maps.present.up"))}
          onClick={() => move(all[at - 2]?.key ?? null)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={at === all.length - 1}
          aria-label={named(say("web.maps.present.down"))}
          onClick={() => move(all[at + 1]?.key ?? null)}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={named(say("web.do.remove"))}
          onClick={() => mutate({ edit: "remove", part: "frames", keys: [frame.key] })}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <Textarea
        aria-label={named(say("web.maps.present.text"))}
        placeholder={say("web.maps.present.text")}
        autosize
        minRows={1}
        defaultValue={frame.text}
        onBlur={(event) => {
          const text = event.currentTarget.value.trim();
          if (text !== frame.text)
            change({ text: text ? { ...(own?.text ?? {}), ...both(own?.text, text, say.lang) } : null });
        }}
      />
      <MultiSelect
        size="xs"
        aria-label={named(say("web.maps.present.stages"))}
        placeholder={frame.steps.length ? undefined : say("web.maps.present.all_stages")}
        data={(map?.stages ?? []).map((one) => ({ value: one.key, label: one.name[say.lang] }))}
        value={stagesOf(map, frame)}
        onChange={(stages) => change({ steps: stages.length ? stepsOf(map, stages) : null })}
      />
      <MultiSelect
        size="xs"
        aria-label={named(say("web.maps.present.lanes"))}
        placeholder={frame.lanes.length ? undefined : say("web.maps.present.all_lanes")}
        data={(map?.lanes ?? []).map((one) => ({ value: one.key, label: one.label[say.lang] }))}
        value={frame.lanes}
        onChange={(lanes) => change({ lanes: lanes.length ? lanes : null })}
      />
    </li>
  );
}

/** A text in one language; in the other too where nobody wrote any. */
function both(before: Record<string, string> | undefined, text: string, lang: string) {
  return before ? { [lang]: text } : { zh: text, en: text };
}

function stagesOf(map: MapDocument | undefined, frame: MapFrame): string[] {
  const steps = new Set(frame.steps);
  const stages = (map?.steps ?? []).filter((one) => steps.has(one.key)).map((one) => one.stage);
  return [...new Set(stages)];
}

function stepsOf(map: MapDocument | undefined, stages: string[]): string[] {
  return (map?.steps ?? []).filter((one) => stages.includes(one.stage)).map((one) => one.key);
}
