import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Navigate, NavLink, useParams } from "react-router";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";
import { Tabs } from "../library/Tabs";
import { Assessment } from "./Assessment";
import { KeyMoments } from "./KeyMoments";
import { Listing } from "./Listing";
import classes from "./Registers.module.css";
import { Swot } from "./Swot";
import { KINDS } from "./useRegisters";

const PARTS = [...KINDS, "moments", "assessment", "swot"] as const;
type Part = (typeof PARTS)[number];

/** What stands on all maps, as lists. */
export function Registers() {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const given = useParams().kind;
  const part: Part | undefined = PARTS.find((one) => one === given);
  const kind = KINDS.find((one) => one === part);
  if (!part) return <Navigate to={`/w/${ws}/maps/registers/pain`} replace />;
  return (
    <Page
      title={say("web.shell.maps")}
      about={say(`web.maps.registers.about.${part}`)}
      actions={<Export part={part} />}
    >
      <Tabs />
      <nav className={classes.kinds} aria-label={say("web.maps.registers.title")}>
        {PARTS.map((one) => (
          <NavLink
            key={one}
            to={`/w/${ws}/maps/registers/${one}`}
            className={({ isActive }) => (isActive ? classes.on : undefined)}
          >
            {say(`web.maps.registers.parts.${one}`)}
          </NavLink>
        ))}
      </nav>
      {part === "moments" && <KeyMoments />}
      {part === "assessment" && <Assessment />}
      {part === "swot" && <Swot />}
      {kind && <Listing key={kind} kind={kind} />}
    </Page>
  );
}

function Export({ part }: { part: Part }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const file = (more: string) => `${of(ws, "maps", "registers", "export")}?lang=${say.lang}&${more}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          {say("web.maps.registers.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={file("format=xlsx")} download>
          {say("web.maps.registers.all_xlsx")}
        </Menu.Item>
        {part !== "swot" && part !== "assessment" && (
          <Menu.Item component="a" href={file(`format=csv&kind=${part}`)} download>
            {say("web.maps.registers.this_csv")}
          </Menu.Item>
        )}
        <Menu.Item component="a" href={file("format=pptx")} download>
          {say("web.maps.registers.swot_pptx")}
        </Menu.Item>
        <Menu.Item component="a" href={file("format=md")} download>
          {say("web.maps.registers.swot_md")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
