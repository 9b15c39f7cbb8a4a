import { ActionIcon, Menu } from "@mantine/core";
import { IconCompass, IconDots, IconDownload, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Confirm } from "@/parts/Confirm";
import { useStartTour } from "@/tour/useStartTour";
import { useSay } from "@/words/say";
import { useMapActions } from "./useMaps";
import type { View } from "./view";

/** What is done with a map as a whole, and seldom. */
export function MoreMenu({ id, view, edits }: { id: string; view: View; edits: boolean }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const go = useNavigate();
  const { remove } = useMapActions();
  const [asking, setAsking] = useState(false);
  const tour = useStartTour(id);
  const query = new URLSearchParams({ type: view.type, style: view.style, lang: view.lang ?? say.lang });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={say("web.maps.more")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCompass size={14} />} onClick={() => tour.mutate()}>
            {say("web.tour.name")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={14} />}
            component="a"
            href={`${of(ws, "maps", id, "picture")}?${query}`}
            download="map.svg"
          >
            {say("web.maps.download")}
          </Menu.Item>
          {edits && (
            <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
              {say("web.do.remove")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={say("web.maps.remove")}
        verb={say("web.do.remove")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(id, { onSuccess: () => go("..", { relative: "path" }) })}
      >
        {say("web.maps.remove_why")}
      </Confirm>
    </>
  );
}
