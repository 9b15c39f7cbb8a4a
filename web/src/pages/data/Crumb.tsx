import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import classes from "./Data.module.css";

/** Which one of a section is looked at, and the way back to all of them. */
export function Crumb({
  to,
  parent,
  title,
  children,
}: {
  to: string;
  parent: string;
  title: string;
  children?: ReactNode;
}) {
  const ws = useWorkspaceName();
  return (
    <div className={classes.headline}>
      <ActionIcon
        component={Link}
        to={`/w/${encodeURIComponent(ws)}/data/${to}`}
        variant="subtle"
        color="gray"
        aria-label={parent}
      >
        <IconArrowLeft size={16} />
      </ActionIcon>
      <h2>{title}</h2>
      <div className={classes.space} />
      {children}
    </div>
  );
}
