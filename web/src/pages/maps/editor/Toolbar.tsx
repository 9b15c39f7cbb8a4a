import { ActionIcon, Button, Menu, NativeSelect, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBoxMultiple,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconPlus,
  IconSettings,
  IconSticker2,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useSay } from "@/words/say";
import classes from "./Editor.module.css";
import { SHOWN, type Shown } from "./shown";
import type { Bench } from "./useBench";

interface Props {
  bench: Bench;
  shown: Shown;
  onShown: (shown: Shown) => void;
  add: { key: string; label: string; run: () => void }[];
  sticky: boolean;
  onSticky: () => void;
  /** Whether a touch selects what lies between as well; none: whoever works here has keys for that. */
  several: boolean | undefined;
  onSeveral: () => void;
  onWorkshop: () => void;
  onDetails: () => void;
  onMap: () => void;
  onKeys: () => void;
}

/** What is always within reach: undo and redo, what can be added, which lanes are shown, the details. */
export function Toolbar(props: Props) {
  const {
    bench,
    shown,
    onShown,
    add,
    sticky,
    onSticky,
    several,
    onSeveral,
    onWorkshop,
    onDetails,
    onMap,
    onKeys,
  } = props;
  const say = useSay();
  return (
    <>
      <Back
        way="undo"
        does={bench.undoable.undo}
        run={() => bench.turn("undo")}
        icon={<IconArrowBackUp size={16} />}
      />
      <Back
        way="redo"
        does={bench.undoable.redo}
        run={() => bench.turn("redo")}
        icon={<IconArrowForwardUp size={16} />}
      />
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={14} />} className={classes.add}>
            {say("web.maps.edit.add")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {add.map((one) => (
            <Menu.Item key={one.key} onClick={one.run}>
              {one.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <NativeSelect
        className={classes.lanes}
        aria-label={say("web.maps.edit.show")}
        value={shown}
        data={SHOWN.map((value) => ({
          value,
          label: say(
            value === "report" || value === "workshop"
              ? `web.maps.presets.${value}`
              : `web.maps.edit.shown_${value}`,
          ),
        }))}
        onChange={(event) => onShown(event.currentTarget.value as Shown)}
      />
      {several !== undefined && (
        <Tool label={say("web.maps.edit.several")} run={onSeveral} pressed={several}>
          <IconBoxMultiple size={16} />
        </Tool>
      )}
      <Tool label={say("web.maps.workshop.sticky")} run={onSticky} pressed={sticky}>
        <IconSticker2 size={16} />
      </Tool>
      <Tool label={say("web.maps.workshop.name")} run={onWorkshop} className={classes.far}>
        <IconUsersGroup size={16} />
      </Tool>
      <Tool label={say("web.maps.edit.map_fields")} run={onMap} className={classes.wide}>
        <IconSettings size={16} />
      </Tool>
      <Tool label={say("web.maps.edit.details")} run={onDetails}>
        <IconLayoutSidebarRight size={16} />
      </Tool>
      <Tool label={say("web.maps.edit.keys")} run={onKeys} className={classes.wide}>
        <IconKeyboard size={16} />
      </Tool>
    </>
  );
}

/** Undo or redo: its title says what it would take back or do again. Where there is nothing, it cannot be pressed. */
function Back({
  way,
  does,
  run,
  icon,
}: {
  way: "undo" | "redo";
  /** What, in words; null: nothing; undefined: it is not known yet. */
  does: string | null | undefined;
  run: () => void;
  icon: ReactNode;
}) {
  const say = useSay();
  const label = say(`web.do.${way}`);
  const off = does === null;
  const title = off
    ? say(`web.maps.edit.nothing_${way}`)
    : does
      ? say("web.maps.edit.back", { label, does })
      : label;
  return (
    <Tooltip label={title} withArrow multiline maw={320}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        aria-disabled={off}
        data-disabled={off || undefined}
        // The keys stay with the grid.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => off || run()}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function Tool({
  label,
  run,
  className,
  pressed,
  children,
}: {
  label: string;
  run: () => void;
  className?: string;
  /** Whether what it switches is on; none: it switches nothing. */
  pressed?: boolean;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label} withArrow>
      <ActionIcon
        variant={pressed ? "light" : "default"}
        size={30}
        aria-label={label}
        aria-pressed={pressed}
        onClick={run}
        className={className}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
