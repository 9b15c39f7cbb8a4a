import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPointer, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { AnswerNote, Spec } from "@/api/types";
import { useExplain } from "@/hooks/useAnswer";
import type { Behind } from "@/hooks/useCellCustomers";
import { CustomerPanel } from "@/parts/CustomerPanel";
import { Notes } from "@/parts/Notes";
import { PeopleList } from "@/parts/PeopleList";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";

export interface Chosen extends Behind {
  said: string;
}

interface Props {
  chosen: Chosen | null;
  /** What to know about the answer. */
  notes: AnswerNote[];
  /** The question, once it is whole. */
  asked: { analysis: string; spec: Spec } | null;
  onClose: () => void;
}

/** The people on the right: those behind what was chosen, and one of them at a time. */
export function People({ chosen, notes, asked, onClose }: Props) {
  const say = useSay();
  const [customer, setCustomer] = useState<string | null>(null);
  const [of, setOf] = useState(chosen);
  if (of !== chosen) {
    setOf(chosen);
    setCustomer(null);
  }
  if (!chosen) {
    return (
      <div className={classes.aside}>
        <div className={classes.hint}>
          <IconPointer size={16} stroke={1.5} />
          <p>{say("web.explore.choose")}</p>
        </div>
        {notes.length > 0 && (
          <section>
            <h2>{say("web.explore.notes")}</h2>
            <Notes notes={notes} />
          </section>
        )}
        {asked && <AskWhy key={asked.analysis} {...asked} />}
      </div>
    );
  }
  const [head, ...more] = chosen.said.split("\n");
  return (
    <>
      <div className={classes.chosen}>
        <div>
          <div className={classes.small}>{say("web.explore.behind")}</div>
          <h2>{head}</h2>
          <p>{more.join(" · ")}</p>
        </div>
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={say("web.do.close")}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {customer ? (
        <CustomerPanel customer={customer} onBack={() => setCustomer(null)}>
          <Why key={customer} analysis={chosen.analysis} spec={chosen.spec} customer={customer} />
        </CustomerPanel>
      ) : (
        <PeopleList behind={chosen} onOpen={setCustomer} />
      )}
    </>
  );
}

/** Asks about any customer why the answer has them, or has not. */
function AskWhy({ analysis, spec }: { analysis: string; spec: Spec }) {
  const say = useSay();
  const [typed, setTyped] = useState("");
  const [customer, setCustomer] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setCustomer(typed.trim() || null);
  };
  return (
    <section>
      <h2>{say("web.explore.why_one")}</h2>
      <form onSubmit={submit} className={classes.askwhy}>
        <TextInput
          aria-label={say("web.explore.customer_id")}
          placeholder={say("web.explore.customer_id")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {say("web.explore.why_short")}
        </Button>
      </form>
      {customer && (
        <>
          <Why
            key={JSON.stringify([customer, spec])}
            analysis={analysis}
            spec={spec}
            customer={customer}
            atOnce
          />
          <CustomerPanel customer={customer} />
        </>
      )}
    </section>
  );
}

/** Why this customer is where the answer has them. */
function Why({
  analysis,
  spec,
  customer,
  atOnce = false,
}: {
  analysis: string;
  spec: Spec;
  customer: string;
  atOnce?: boolean;
}) {
  const say = useSay();
  const [wanted, setWanted] = useState(atOnce);
  const explained = useExplain(analysis, spec, wanted ? customer : null);
  if (explained.isSuccess) return <div className={classes.why}>{explained.data.text}</div>;
  return (
    <div className={classes.ask}>
      {!atOnce && (
        <Button variant="default" size="xs" loading={explained.isFetching} onClick={() => setWanted(true)}>
          {say("web.explore.why")}
        </Button>
      )}
      {explained.isError && <Problem error={explained.error} />}
    </div>
  );
}
