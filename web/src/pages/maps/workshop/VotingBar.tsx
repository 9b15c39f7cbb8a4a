import { Button } from "@mantine/core";
import { IconCircleDotted } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { told } from "@/parts/notice";
import { useSay } from "@/words/say";
import { useWorkshop } from "./useWorkshop";
import classes from "./Workshop.module.css";

interface Props {
  id: string;
  edits: boolean;
  lanes: readonly { key: string; label: Record<"zh" | "en", string> }[];
  /** Opens the list of what can be voted on, where it is not in sight; none: it is. */
  onVote?: () => void;
  /** It is over: what came of it can be seen. */
  onOver: () => void;
}

/** Says that a voting is on: about what, how many dots one has left, how many people have voted. */
export function VotingBar({ id, edits, lanes, onVote, onOver }: Props) {
  const say = useSay();
  const { voting, end } = useWorkshop(id);
  const before = useRef<string | null>(null);
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    if (before.current && !voting) {
      told(say("web.maps.workshop.voting_over"));
      over.current();
    }
    before.current = voting?.id ?? null;
  }, [voting, say]);
  if (!voting) return null;
  const names = lanes.filter((one) => voting.lanes.includes(one.key)).map((one) => one.label[say.lang]);
  const where =
    names.length === lanes.length ? say("web.maps.workshop.all_lanes") : names.join(say("web.maps.and"));
  return (
    <div role="status" className={classes.bar}>
      <IconCircleDotted size={16} aria-hidden />
      <span className={classes.what}>
        <b>{voting.title || say("web.maps.workshop.vote_on")}</b>{" "}
        {say("web.maps.workshop.how", { n: voting.dots, lanes: where })}
      </span>
      <span className={classes.counts}>
        <b>{say("web.maps.workshop.left", { n: voting.left })}</b>
        {say("web.maps.workshop.voters", { n: voting.voters })}
      </span>
      {onVote && (
        <Button size="compact-sm" onClick={onVote}>
          {say("web.maps.workshop.vote")}
        </Button>
      )}
      {edits && (
        <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          {say("web.maps.workshop.end")}
        </Button>
      )}
    </div>
  );
}
