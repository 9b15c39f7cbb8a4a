import { Button, Checkbox, Popover, SegmentedControl, Select } from "@mantine/core";
import { IconChevronDown, IconEye } from "@tabler/icons-react";
import { useParams } from "react-router";
import { LANGS } from "@/words/key";
import { type Say, useSay } from "@/words/say";
import type { MapDocument } from "./document";
import { ofOne, usePerspective } from "./perspective";
import { PRESETS, type Preset, presetOf, usualLanes, withLanes, withPreset } from "./presets";
import { usePairs } from "./together/usePast";
import classes from "./ViewMenu.module.css";
import { OVERLAYS, STYLES, TIMES, TYPES, type View } from "./view";

interface Props {
  map: MapDocument;
  view: View;
  onView: (view: View) => void;
}

/** Everything that is a way of looking at a map, the usual first: presets, type, style, lanes, language. */
export function ViewMenu({ map, view, onView }: Props) {
  const say = useSay();
  const lanes = map.lanes ?? [];
  const shown = view.lanes ?? usualLanes(map);
  const preset = presetOf(map, view);
  const show = (key: string, on: boolean) => {
    const next = lanes.map((one) => one.key).filter((one) => (one === key ? on : shown.includes(one)));
    onView(withLanes(map, view, next));
  };
  return (
    <Popover position="bottom-end" width={340} withinPortal shadow="none" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconEye size={14} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {say("web.maps.view", { what: viewName(say, view) })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu}>
        <SegmentedControl
          fullWidth
          aria-label={say("web.maps.preset")}
          value={preset ?? ""}
          data={PRESETS.map((value) => ({ value, label: say(`web.maps.presets.${value}`) }))}
          onChange={(value) => onView(withPreset(map, view, value as Preset))}
        />
        <Select
          label={say("web.maps.type")}
          value={view.type}
          data={TYPES.map((value) => ({ value, label: say(`web.maps.types.${value}`) }))}
          onChange={(type) => type && onView({ ...view, type })}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
        <Select
          label={say("web.maps.style")}
          value={view.style}
          data={STYLES.map((value) => ({ value, label: say(`web.maps.styles.${value}`) }))}
          onChange={(style) => style && onView({ ...view, style })}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
        <Select
          label={say("web.maps.overlay")}
          value={view.overlay ?? "none"}
          data={["none" as const, ...OVERLAYS].map((value) => ({
            value,
            label: say(`web.maps.overlays.${value}`),
          }))}
          onChange={(overlay) =>
            onView({ ...view, overlay: overlay === "none" ? undefined : (overlay ?? undefined) })
          }
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
        <TimesOf view={view} onView={onView} />
        <ToBeCurve view={view} onView={onView} />
        {lanes.length > 0 && (
          <fieldset className={classes.lanes}>
            <legend>{say("web.maps.lanes")}</legend>
            {lanes.map((one) => (
              <Checkbox
                key={one.key}
                size="xs"
                label={one.label[say.lang]}
                checked={shown.includes(one.key)}
                onChange={(event) => show(one.key, event.currentTarget.checked)}
              />
            ))}
          </fieldset>
        )}
        <div className={classes.row}>
          <span>{say("web.maps.picture_in")}</span>
          <SegmentedControl
            size="xs"
            aria-label={say("web.maps.picture_in")}
            value={view.lang ?? say.lang}
            data={LANGS.map((value) => ({ value, label: say(`web.shell.in_${value}`) }))}
            onChange={(value) => {
              const lang = LANGS.find((one) => one === value && one !== say.lang);
              onView({ ...view, lang });
            }}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A way of looking in a word: its arrangement, where that is not the usual one, else its style. */
const viewName = (say: Say, { type, style }: View): string =>
  type === TYPES[0]
    ? say(`web.maps.styles.${style as (typeof STYLES)[number]}`)
    : say(`web.maps.types.${type as (typeof TYPES)[number]}`);

/** Which times stand at the steps; dates can be chosen where the map is seen as one customer. */
function TimesOf({ view, onView }: Omit<Props, "map">) {
  const say = useSay();
  const [{ who }] = usePerspective();
  const dates = ofOne(who);
  return (
    <Select
      label={say("web.maps.times.title")}
      value={view.times === "absolute" && !dates ? TIMES[0] : (view.times ?? TIMES[0])}
      data={TIMES.map((value) => ({
        value,
        label: say(`web.maps.times.${value === "absolute" && !dates ? "one" : value}`),
        disabled: value === "absolute" && !dates,
      }))}
      onChange={(times) => onView({ ...view, times: times === TIMES[0] ? undefined : (times ?? undefined) })}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

/** Whether the curve of the to-be map lies over this one; nothing where there is no such map. */
function ToBeCurve({ view, onView }: Omit<Props, "map">) {
  const say = useSay();
  const { id = "" } = useParams();
  const pairs = usePairs(id).data ?? [];
  if (pairs.length === 0) return null;
  return (
    <Checkbox
      size="xs"
      label={say("web.maps.to_be_curve")}
      checked={!view.asIs}
      onChange={(event) => onView({ ...view, asIs: !event.currentTarget.checked })}
    />
  );
}
