import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown, IconPlus } from "@tabler/icons-react";
import { Fragment } from "react";
import { useNavigate } from "react-router";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./WorkspaceSwitcher.module.css";

/** Which workspace is open, and the way to the others. */
export function WorkspaceSwitcher() {
  const say = useSay();
  const go = useNavigate();
  const ws = useWorkspaceName();
  const workspaces = useSession().data?.workspaces ?? [];
  const groups = [false, true].map((example) => workspaces.filter((one) => one.example === example));
  const title = workspaces.find((one) => one.name === ws)?.titles[say.lang] ?? ws;
  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.pill} aria-label={say("web.shell.workspace", { name: title })}>
          <b>{title}</b>
          <IconChevronDown size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map(
          (some) =>
            some.length > 0 && (
              <Fragment key={String(some[0]?.example)}>
                <Menu.Label>
                  {say(some[0]?.example ? "web.shell.examples" : "web.shell.workspaces")}
                </Menu.Label>
                {some.map(({ name, titles }) => (
                  <Menu.Item
                    key={name}
                    leftSection={name === ws ? <IconCheck size={14} /> : <span style={{ width: 14 }} />}
                    onClick={() => go(`/w/${encodeURIComponent(name)}`)}
                  >
                    {titles[say.lang]}
                  </Menu.Item>
                ))}
              </Fragment>
            ),
        )}
        {workspaces.some((one) => one.role === "owner") && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconPlus size={14} />}
              onClick={() => go(`/w/${encodeURIComponent(ws)}/start/new`)}
            >
              {say("web.shell.new_workspace")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
