import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Chip } from "@/parts/Chip";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import { AddEvidence } from "../evidence/AddEvidence";
import { useMap } from "../useMaps";
import classes from "./Behind.module.css";
import { type BehindCard, type BehindStep, type EvidenceShown, useEdit } from "./useBehind";

/** What people wrote at a step, and what each of it rests on. */
export function Cards({ id, found }: { id: string; found: BehindStep }) {
  const say = useSay();
  const [adding, setAdding] = useState<string | null>(null);
  return (
    <section>
      <h3>{say("web.maps.behind.cards")}</h3>
      {found.cards.map((card) => (
        <Card key={card.key} id={id} card={card} edits={found.edits} onAdd={() => setAdding(card.key)} />
      ))}
      {adding && <AddEvidence id={id} card={adding} step={found.step} onClose={() => setAdding(null)} />}
    </section>
  );
}

interface Props {
  id: string;
  card: BehindCard;
  edits: boolean;
  onAdd: () => void;
}

function Card({ id, card, edits, onAdd }: Props) {
  const say = useSay();
  const edit = useEdit(id);
  const map = useMap(id).data;
  const cards = map?.document.cards as { key: string; evidence?: unknown[] }[] | undefined;
  const own = cards?.find((one) => one.key === card.key)?.evidence ?? [];
  const remove = (place: number) =>
    edit.mutate(
      {
        edit: "change",
        part: "cards",
        key: card.key,
        fields: { evidence: own.filter((_, at) => at !== place) },
        seen: map?.step,
      },
      { onError: refused },
    );
  return (
    <div className={classes.card} data-assumed={card.assumed}>
      <header>
        <span>{card.lane_title}</span>
        <span>{card.assumed ? say("web.maps.behind.assumption") : card.owner}</span>
      </header>
      {card.text}
      <ul className={classes.evidence}>
        {card.evidence.map((one) => (
          <li key={one.place}>
            <Source one={one} />
            {edits && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="xs"
                aria-label={say("web.maps.rests.remove")}
                disabled={edit.isPending}
                onClick={() => remove(one.place)}
              >
                <IconX size={12} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {edits && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          onClick={onAdd}
          ml={-6}
        >
          {say("web.maps.rests.add")}
        </Button>
      )}
    </div>
  );
}

function Source({ one }: { one: EvidenceShown }) {
  const ws = useWorkspaceName();
  const about = [one.title, one.who].filter(Boolean).join(" · ");
  return (
    <div>
      {one.gone ? <p className={classes.soft}>{one.gone}</p> : one.quote && <p>{one.quote}</p>}
      <span className={classes.soft}>
        <Chip>{one.kind_name}</Chip>{" "}
        {one.to && !one.gone ? (
          <Link to={`/w/${encodeURIComponent(ws)}/${one.to}`}>{about || "—"}</Link>
        ) : (
          about
        )}
      </span>
    </div>
  );
}
