import { Button, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { useEdit } from "../behind/useBehind";
import { useMap } from "../useMaps";
import classes from "./Evidence.module.css";
import { type EvidenceFound, useSources } from "./useEvidence";

interface Props {
  id: string;
  card: string;
  step: string;
  onClose: () => void;
}

const WAIT = 200;

/** Finds what a card rests on: insights, highlights, documents, what customers said. Words stay where they are. */
export function AddEvidence({ id, card, step, onClose }: Props) {
  const say = useSay();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, WAIT);
  const found = useSources(id, step, asked);
  const edit = useEdit(id);
  const map = useMap(id).data;
  const cards = map?.document.cards as { key: string; evidence?: { source?: string }[] }[] | undefined;
  const own = cards?.find((one) => one.key === card)?.evidence ?? [];
  const add = ({ kind, source }: EvidenceFound) =>
    edit.mutate({
      edit: "change",
      part: "cards",
      key: card,
      fields: { evidence: [...own, { kind, source }] },
      seen: map?.step,
    });
  return (
    <Dialog opened onClose={onClose} title={say("web.maps.rests.add")} size="lg">
      <div className={dialog.form}>
        <TextInput
          data-autofocus
          aria-label={say("web.maps.rests.search")}
          placeholder={say("web.maps.rests.search")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {(found.error ?? edit.error) && <Problem error={(found.error ?? edit.error) as Error} />}
        {found.isPending && <Skeleton height={160} />}
        {found.data?.found.length === 0 && <p>{say("web.maps.rests.nothing")}</p>}
        <ul className={classes.found}>
          {found.data?.found.map((one) => (
            <li key={`${one.group}/${one.source}`}>
              <div>
                <p>{one.quote ?? one.title}</p>
                <span className={classes.soft}>
                  <Chip>{one.kind_name}</Chip> {one.quote ? one.title : one.group_name}
                </span>
              </div>
              <Button
                variant="default"
                size="compact-sm"
                disabled={own.some((had) => had.source === one.source) || edit.isPending}
                onClick={() => add(one)}
              >
                {say(
                  own.some((had) => had.source === one.source)
                    ? "web.maps.rests.added"
                    : "web.maps.rests.take",
                )}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
