import { ActionIcon, Menu } from "@mantine/core";
import { IconCompass, IconDots, IconPresentation, IconTrash, IconUsersGroup } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { Confirm } from "@/parts/Confirm";
import { useStartTour } from "@/tour/useStartTour";
import { useSay } from "@/words/say";
import { usePanel } from "./together/panel";
import { useMapActions } from "./useMaps";

/** What is done with a map as a whole, and seldom. */
export function MoreMenu({ id, edits }: { id: string; edits: boolean }) {
  const say = useSay();
  const { search } = useLocation();
  const go = useNavigate();
  const { remove } = useMapActions();
  const [asking, setAsking] = useState(false);
  // The page asks about its map again and again, and stays until the next one is there: the map goes once it has gone.
  const removing = useRef(false);
  const left = useEffectEvent(() => {
    if (removing.current) remove.mutate(id);
  });
  useEffect(() => () => left(), []);
  const leave = () => {
    removing.current = true;
    go("..", { relative: "path" });
  };
  const tour = useStartTour(id);
  const { open } = usePanel();
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
            leftSection={<IconPresentation size={14} />}
            component={Link}
            to={{ pathname: "present", search }}
          >
            {say("web.maps.present.name")}
          </Menu.Item>
          <Menu.Item leftSection={<IconUsersGroup size={14} />} onClick={() => open("workshop")}>
            {say("web.maps.workshop.name")}
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
        onConfirm={leave}
      >
        {say("web.maps.remove_why")}
      </Confirm>
    </>
  );
}
