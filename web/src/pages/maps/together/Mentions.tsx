import { ActionIcon, Menu } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Together.module.css";
import { useMentions } from "./useTalk";

const SHOWN = 20;

/** A bell: the comments that name whoever is here, those that are new first. */
export function Mentions() {
  const say = useSay();
  const ws = useWorkspaceName();
  const go = useNavigate();
  const found = useMentions().data ?? [];
  const fresh = found.filter((one) => !one.read);
  if (found.length === 0) return null;
  const rows = [...fresh, ...found.filter((one) => one.read)].slice(0, SHOWN);
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={34}
          className={classes.bell}
          aria-label={say("web.maps.together.mentions", { n: fresh.length })}
        >
          <IconBell size={16} />
          {fresh.length > 0 && <span>{fresh.length}</span>}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.mentions}>
        <Menu.Label>{say("web.maps.together.mentions_about")}</Menu.Label>
        {rows.map((one) => (
          <Menu.Item
            key={one.comment}
            onClick={() => go(`/w/${encodeURIComponent(ws)}/maps/${one.map}?panel=comments`)}
          >
            <b>{one.author?.name ?? say("web.maps.together.somebody")}</b>
            {!one.read && <span className={classes.fresh}>{say("web.maps.together.new")}</span>}
            <p className={classes.line}>{one.body}</p>
            <span className={classes.soft}>
              {one.title} · {ago(one.created, say.lang)}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
