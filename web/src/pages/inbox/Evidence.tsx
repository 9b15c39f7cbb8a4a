import { Button } from "@mantine/core";
import { IconPinned } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { type NewInsight, useInsights } from "@/hooks/useInsights";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import { IntoInsight } from "@/parts/insights/IntoInsight";
import { useSay } from "@/words/say";
import classes from "./Inbox.module.css";
import { trimmed } from "./selected";
import type { SaidWhy } from "./types";

interface Passage {
  words: string;
  start: number;
  /** Only a part of what was said. */
  part: boolean;
}

/** Makes it, or the part of it that is selected, evidence of an insight; and says of which it is already. */
export function Evidence({ said, chosen }: { said: SaidWhy; chosen: () => [number, number] | null }) {
  const say = useSay();
  const { may } = useRole();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}/insights`;
  const [passage, setPassage] = useState<Passage | null>(null);
  const quoting = useInsights({ comment: said.id }).data?.insights ?? [];
  const take = () => {
    const letters = Array.from(said.text);
    const place = chosen();
    const [start, end] = trimmed(letters, place ?? [0, letters.length]);
    if (start < end) setPassage({ words: letters.slice(start, end).join(""), start, part: place !== null });
  };
  return (
    <>
      {may("analyst") && (
        <Button variant="default" size="xs" leftSection={<IconPinned size={13} />} onClick={take}>
          {say("web.inbox.evidence")}
        </Button>
      )}
      {quoting.length > 0 && (
        <p className={classes.quoting}>
          {say("web.inbox.evidence_of")}
          {quoting.map(({ id, title }) => (
            <Link key={id} to={`${base}/${id}`}>
              {title}
            </Link>
          ))}
        </p>
      )}
      <Dialog opened={passage !== null} onClose={() => setPassage(null)} title={say("web.inbox.evidence")}>
        {passage && (
          <IntoInsight
            words={passage.words}
            hint={passage.part ? undefined : say("web.inbox.evidence_whole")}
            quoted={{ source: "comment", comment: said.id, words: passage.words, start: passage.start }}
            place={placeOf(said)}
            onDone={() => setPassage(null)}
          />
        )}
      </Dialog>
    </>
  );
}

/** Where in the journey it was said, as far as that is known. */
function placeOf(said: SaidWhy): NewInsight["place"] {
  return {
    stage: said.stage?.key ?? "",
    step: "",
    touchpoint: said.touchpoint?.key ?? "",
    topic: said.reading.topics?.[0]?.key ?? "",
  };
}
