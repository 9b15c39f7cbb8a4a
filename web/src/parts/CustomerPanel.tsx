import { ActionIcon, Anchor, Skeleton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./CustomerPanel.module.css";

// Nobody needs it before a customer is opened.
const Timeline = lazy(() => import("./timeline/Timeline").then((found) => ({ default: found.Timeline })));

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
      <Suspense fallback={<Skeleton height={200} mt={12} />}>
        <Timeline customer={customer} />
      </Suspense>
    </div>
  );
}
