import { ActionIcon, Button, Menu, NativeSelect, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconPlus,
  IconSettings,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useSay } from "@/words/say";
import { SHOWN, type Shown } from "./shown";
import type { Bench } from "./useBench";

interface Props {
  bench: Bench;
  shown: Shown;
  onShown: (shown: Shown) => void;
  add: { key: string; label: string; run: () => void }[];
  onDetails: () => void;
  onMap: () => void;
  onKeys: () => void;
}

/** What is always within reach: undo and redo, what can be added, which lanes are shown, the details. */
export function Toolbar({ bench, shown, onShown, add, onDetails, onMap, onKeys }: Props) {
  const say = useSay();
  return (
    <>
      <Tool label={say("web.do.undo")} run={() => bench.desk.undo()}>
        <IconArrowBackUp size={16} />
      </Tool>
      <Tool label={say("web.do.redo")} run={() => bench.desk.redo()}>
        <IconArrowForwardUp size={16} />
      </Tool>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={14} />}>
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
        aria-label={say("web.maps.edit.show")}
        value={shown}
        data={SHOWN.map((value) => ({ value, label: say(`web.maps.edit.shown_${value}`) }))}
        onChange={(event) => onShown(event.currentTarget.value as Shown)}
      />
      <Tool label={say("web.maps.edit.map_fields")} run={onMap}>
        <IconSettings size={16} />
      </Tool>
      <Tool label={say("web.maps.edit.details")} run={onDetails}>
        <IconLayoutSidebarRight size={16} />
      </Tool>
      <Tool label={say("web.maps.edit.keys")} run={onKeys}>
        <IconKeyboard size={16} />
      </Tool>
    </>
  );
}

function Tool({ label, run, children }: { label: string; run: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label} withArrow>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={run}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
