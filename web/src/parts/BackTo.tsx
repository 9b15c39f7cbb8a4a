import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";

/** The arrow before the name of one thing, back to all of them. */
export function BackTo({ to, label }: { to: string; label: string }) {
  const ws = useWorkspaceName();
  return (
    <ActionIcon
      component={Link}
      to={`/w/${encodeURIComponent(ws)}/${to}`}
      variant="subtle"
      color="gray"
      ml={-6}
      aria-label={label}
      title={label}
    >
      <IconArrowLeft size={16} />
    </ActionIcon>
  );
}
