import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "react-router";
import { type InsightQuote, useInsightActions } from "@/hooks/useInsights";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Chip } from "@/parts/Chip";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import classes from "./Insights.module.css";

/** A quote: the words, who said them when and in what, and the ways to where they stand. */
export function Quoted({ of, insight }: { of: InsightQuote; insight: string }) {
  const say = useSay();
  const { may } = useRole();
  const { unquote } = useInsightActions();
  const { kind, words, gone_text, speaker_name, shown, title } = of;
  const about = [speaker_name, shown === "—" ? null : shown, title].filter(Boolean);
  return (
    <li className={classes.quote} data-gone={words === null}>
      {words === null ? <p>{gone_text}</p> : <blockquote>{words}</blockquote>}
      <div className={classes.source}>
        <Chip>{kind.name}</Chip>
        {words !== null && <span>{about.join(" · ")}</span>}
        {words !== null && <Ways of={of} />}
        {may("analyst") && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            aria-label={say("web.insights.unquote")}
            title={say("web.insights.unquote")}
            loading={unquote.isPending}
            onClick={() => unquote.mutate({ id: insight, quote: of.id }, { onError: refused })}
            className={classes.away}
          >
            <IconX size={13} />
          </Button>
        )}
      </div>
    </li>
  );
}

/** To the customer's time line at that moment, and to the words where they were said. */
function Ways({ of: { customer, place, comment, interview, start, end, stands } }: { of: InsightQuote }) {
  const say = useSay();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}`;
  return (
    <span className={classes.ways}>
      {customer && (
        <Link to={`${base}/customers/${encodeURIComponent(customer)}${place === null ? "" : `?at=${place}`}`}>
          {say("web.insights.timeline")}
        </Link>
      )}
      {comment && (
        <Link to={`${base}/inbox?id=${comment}&at=${start}-${end}`}>{say("web.insights.in_inbox")}</Link>
      )}
      {interview &&
        (stands ? (
          <Link to={`${base}/interviews/${encodeURIComponent(interview)}?at=${stands.start}-${stands.end}`}>
            {say("web.insights.in_interview")}
          </Link>
        ) : (
          <span>{say("web.insights.edited")}</span>
        ))}
    </span>
  );
}
