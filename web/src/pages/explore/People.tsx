import { ActionIcon, Button, SegmentedControl, Skeleton, TextInput } from "@mantine/core";
import { IconPointer, IconX } from "@tabler/icons-react";
import { type FormEvent, lazy, Suspense, useState } from "react";
import type { AnswerNote, Spec } from "@/api/types";
import { useExplain } from "@/hooks/useAnswer";
import type { Behind } from "@/hooks/useCellCustomers";
import { Notes } from "@/parts/Notes";
import { PeopleList } from "@/parts/PeopleList";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";
import { goesOn } from "./lost";

const CustomerPanel = lazy(() =>
  import("@/parts/CustomerPanel").then((found) => ({ default: found.CustomerPanel })),
);

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
  const [lost, setLost] = useState(false);
  const [of, setOf] = useState(chosen);
  if (of !== chosen) {
    setOf(chosen);
    setCustomer(null);
    setLost(chosen?.cell.lost === true);
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
  const { lost: _, ...reached } = chosen.cell;
  const cell = lost ? { ...reached, lost: true } : reached;
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
      {!customer && goesOn(chosen) && (
        <SegmentedControl
          fullWidth
          mb={10}
          value={lost ? "lost" : "reached"}
          onChange={(which) => setLost(which === "lost")}
          data={(["reached", "lost"] as const).map((which) => ({
            value: which,
            label: say(`web.explore.people_${which}`),
          }))}
          aria-label={say("web.explore.people")}
        />
      )}
      {customer ? (
        <Suspense fallback={<Skeleton height={240} />}>
          <CustomerPanel customer={customer} onBack={() => setCustomer(null)}>
            <Why key={customer} analysis={chosen.analysis} spec={chosen.spec} customer={customer} />
          </CustomerPanel>
        </Suspense>
      ) : (
        <PeopleList behind={{ ...chosen, cell }} onOpen={setCustomer} />
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
      <h2>{say("web.explore.ask_why")}</h2>
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
          <Why key={JSON.stringify([customer, spec])} analysis={analysis} spec={spec} customer={customer} />
          <Suspense fallback={<Skeleton height={240} />}>
            <CustomerPanel customer={customer} />
          </Suspense>
        </>
      )}
    </section>
  );
}

/** Why this customer is where the answer has them, or is not. */
function Why({ analysis, spec, customer }: { analysis: string; spec: Spec; customer: string }) {
  const explained = useExplain(analysis, spec, customer);
  if (explained.isError) return <Problem error={explained.error} />;
  return (
    <div className={classes.why} aria-busy={explained.isPending}>
      {explained.data?.text ?? <Skeleton height={36} />}
    </div>
  );
}
