import { Skeleton } from "@mantine/core";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Behind } from "./Listening";
import { Quote } from "./Quote";
import classes from "./Quote.module.css";
import { useQuotes } from "./useVoice";

/** What those said who are behind a number; nothing where they said nothing, or it cannot be told. */
export function Quotes({ behind, onOpen }: { behind: Behind; onOpen: (customer: string) => void }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { data, isPending } = useQuotes(behind);
  if (isPending) return <Skeleton height={120} mb={16} />;
  if (!data?.quotes.length) return null;
  return (
    <section className={classes.quotes}>
      <h3>{say("web.voice.quotes")}</h3>
      {!data.own && <p>{say("web.voice.quotes_there")}</p>}
      {data.quotes.map((quote) => (
        <Quote key={`${quote.message_id}${quote.start}`} of={quote} onOpen={onOpen} />
      ))}
      {data.where && (
        <p>
          <Link to={`/w/${encodeURIComponent(ws)}/inbox?${new URLSearchParams({ where: data.where })}`}>
            {say("web.voice.all_quotes")}
          </Link>
        </p>
      )}
    </section>
  );
}
