import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "react-router";
import { useChannelName } from "@/hooks/useModel";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Chip } from "@/parts/Chip";
import { CopyButton } from "@/parts/CopyButton";
import { Problem } from "@/parts/Problem";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { Deciding } from "./Deciding";
import classes from "./Feedback.module.css";
import { History } from "./History";
import { Merged } from "./Merging";
import { Publishing } from "./Publishing";
import { TONES, type Whole } from "./types";
import { usePiece } from "./useFeedback";

interface Props {
  id: string;
  onOpen: (id: string) => void;
  onBack: () => void;
}

/** One piece: what was said, by whom and where, and everything that can be done about it. */
export function Reading({ id, onOpen, onBack }: Props) {
  const say = useSay();
  const { data, error, refetch } = usePiece(id);
  return (
    <article className={classes.reading} aria-label={say("web.feedback.piece")}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.back}
        onClick={onBack}
        aria-label={say("web.feedback.back")}
      >
        <IconArrowLeft size={16} />
      </ActionIcon>
      {error && <Problem error={error} retry={() => refetch()} />}
      {!data && !error && <Skeleton height={320} />}
      {data && !error && <Said piece={data} onOpen={onOpen} />}
    </article>
  );
}

function Said({ piece, onOpen }: { piece: Whole; onOpen: (id: string) => void }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const zone = useZone();
  const { may } = useRole();
  const channel = useChannelName();
  const where = [
    moment(piece.came, zone),
    piece.channel && channel(piece.channel),
    piece.touchpoint,
    piece.page,
  ];
  // What is written is begun anew where that was changed meanwhile, not where something else of the piece was.
  const [decided, published] = [[piece.status, piece.owner, piece.answer], piece.public].map((said) =>
    JSON.stringify([piece.id, said]),
  );
  return (
    <>
      <p className={classes.who}>
        <b>{say(`web.feedback.kind_${piece.kind}`)}</b>
        <Chip tone={TONES[piece.status]}>{say(`web.feedback.${piece.status}`)}</Chip>
        {piece.customer ? (
          <Link to={`/w/${ws}/customers/${encodeURIComponent(piece.customer)}`}>{piece.customer}</Link>
        ) : (
          <span>{say("web.feedback.somebody")}</span>
        )}
        <span>{where.filter(Boolean).join(" · ")}</span>
      </p>
      <blockquote className={classes.quote} lang={piece.language}>
        {piece.words || "—"}
      </blockquote>
      <p className={classes.who}>
        {piece.pieces > 1 && <span>{say("web.feedback.said_by", { n: piece.pieces })}</span>}
        {(piece.public || piece.votes > 0) && <span>{say("web.feedback.votes", { n: piece.votes })}</span>}
        <CopyButton text={piece.follow} label={say("web.feedback.follow")} />
      </p>
      {piece.merged_into ? (
        <p className={classes.part}>
          {say("web.feedback.merged_into")}{" "}
          <Button variant="subtle" size="compact-xs" onClick={() => onOpen(piece.merged_into ?? "")}>
            {say("web.feedback.to_lead")}
          </Button>
        </p>
      ) : (
        may("editor") && (
          <>
            <Deciding key={`d${decided}`} piece={piece} />
            <Publishing key={`p${published}`} piece={piece} />
          </>
        )
      )}
      <Merged piece={piece} onOpen={onOpen} />
      <History piece={piece} />
    </>
  );
}
