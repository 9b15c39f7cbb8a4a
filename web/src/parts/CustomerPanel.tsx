import { ActionIcon, Anchor } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./CustomerPanel.module.css";
import { Timeline } from "./timeline/Timeline";

interface Props {
  customer: string;
  onBack?: () => void;
  children?: React.ReactNode;
}

/** One customer in short: the time line, and the way to the page with everything. */
export function CustomerPanel({ customer, onBack, children }: Props) {
  const say = useSay();
  const ws = useWorkspaceName();
  return (
    <div>
      <div className={classes.head}>
        {onBack && (
          <ActionIcon variant="subtle" color="gray" onClick={onBack} aria-label={say("web.people.back")}>
            <IconArrowLeft size={16} />
          </ActionIcon>
        )}
        <h2>{customer}</h2>
      </div>
      <Anchor
        component={Link}
        to={`/w/${encodeURIComponent(ws)}/customers/${encodeURIComponent(customer)}`}
        fz={12}
      >
        {say("web.people.open")}
      </Anchor>
      {children}
      <Timeline customer={customer} />
    </div>
  );
}
