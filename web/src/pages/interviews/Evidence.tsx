import { ActionIcon } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useInsights } from "@/hooks/useInsights";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import { IntoInsight } from "@/parts/insights/IntoInsight";
import { useSay } from "@/words/say";
import classes from "./Reader.module.css";
import type { Highlight } from "./types";

/** Makes a highlight evidence of an insight. */
export function ToInsight({ mark }: { mark: Highlight }) {
  const say = useSay();
  const [opened, setOpened] = useState(false);
  const label = say("web.inbox.evidence");
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        title={label}
        onClick={() => setOpened(true)}
      >
        <IconBulb size={14} />
      </ActionIcon>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={label}>
        <IntoInsight
          words={mark.quote}
          quoted={{ source: "highlight", highlight: mark.id }}
          onDone={() => setOpened(false)}
        />
      </Dialog>
    </>
  );
}

/** Of which insights a text is evidence already. */
export function Quoting({ id }: { id: string }) {
  const say = useSay();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}/insights`;
  const quoting = useInsights({ interview: id }).data?.insights ?? [];
  if (!quoting.length) return null;
  return (
    <p className={classes.quoting}>
      {say("web.inbox.evidence_of")}
      {quoting.map((one) => (
        <Link key={one.id} to={`${base}/${one.id}`}>
          {one.title}
        </Link>
      ))}
    </p>
  );
}
