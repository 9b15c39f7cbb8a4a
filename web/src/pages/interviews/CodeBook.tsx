import { Button, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPencil, IconSearch } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Empty } from "@/parts/Empty";
import { feelingColour, signed } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { Unbroken } from "@/parts/Unbroken";
import { useSay } from "@/words/say";
import { clock } from "./clock";
import colours from "./colours.module.css";
import { ExportMenu } from "./ExportMenu";
import classes from "./Interviews.module.css";
import { Tabs } from "./Tabs";
import type { Code, Highlight } from "./types";
import { useInterviewActions, useQuotes } from "./useInterviews";

const WAIT = 200;

/** The code book: every code with its uses, and every passage that carries one, over all texts. */
export function CodeBook() {
  const say = useSay();
  const { may } = useRole();
  const [params, setParams] = useSearchParams();
  const code = params.get("code");
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), WAIT);
  const [renaming, setRenaming] = useState(false);
  const found = useQuotes({ code, search });
  const choose = (next: string | null) => setParams(next ? { code: next } : {}, { replace: true });
  const { codes = [], highlights = [], total = 0 } = found.data ?? {};
  return (
    <Page
      title={say("web.interviews.heading")}
      about={say("web.interviews.about")}
      actions={total ? <ExportMenu asked={{ code, search }} /> : null}
    >
      <Tabs />
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <Skeleton height={360} radius={12} />}
      {found.data && total === 0 && (
        <Card>
          <Empty title={say("web.interviews.no_marks")} why={say("web.interviews.no_marks_why")}>
            <Button component={Link} to="../texts">
              {say("web.interviews.to_texts")}
            </Button>
          </Empty>
        </Card>
      )}
      {total > 0 && (
        <div className={classes.book}>
          <Card title={say("web.interviews.code_book")} aside={whole(codes.length)}>
            <ul className={classes.codes}>
              <li>
                <button type="button" aria-pressed={code === null} onClick={() => choose(null)}>
                  <b>{say("web.interviews.all_marks")}</b>
                  <span>{whole(total)}</span>
                </button>
              </li>
              {codes.map((one) => (
                <li key={one.code}>
                  <button type="button" aria-pressed={code === one.code} onClick={() => choose(one.code)}>
                    <i className={`${classes.swatch} ${colours[one.colour]}`} aria-hidden="true" />
                    <b>{one.code}</b>
                    <span title={usesOf(one, say)}>{whole(one.highlights)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </Card>
          <section aria-label={say("web.interviews.highlights")}>
            <div className={classes.filters}>
              <h2 className={classes.chosen}>{code ?? say("web.interviews.all_marks")}</h2>
              {code && may("analyst") && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconPencil size={13} />}
                  onClick={() => setRenaming(true)}
                >
                  {say("web.do.rename")}
                </Button>
              )}
              <TextInput
                className={classes.search}
                leftSection={<IconSearch size={14} />}
                placeholder={say("web.interviews.search_marks")}
                aria-label={say("web.interviews.search_marks")}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </div>
            <Stale when={found.isPlaceholderData}>
              {highlights.length === 0 && (
                <p className={classes.faint}>{say("web.interviews.nothing_fits")}</p>
              )}
              <ul className={classes.quotes}>
                {highlights.map((one) => (
                  <Quoted key={one.id} one={one} code={code} onCode={choose} />
                ))}
              </ul>
            </Stale>
          </section>
        </div>
      )}
      {renaming && code && (
        <Rename
          code={code}
          known={codes.map((one) => one.code)}
          onDone={(next) => {
            setRenaming(false);
            if (next) choose(next);
          }}
        />
      )}
    </Page>
  );
}

function usesOf(one: Code, say: ReturnType<typeof useSay>): string {
  return say("web.interviews.uses", { highlights: one.highlights, texts: one.interviews });
}

function Quoted({
  one,
  code,
  onCode,
}: {
  one: Highlight;
  code: string | null;
  onCode: (code: string) => void;
}) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const asked = new URLSearchParams({ at: one.id, ...(code ? { code } : {}) });
  const where = [
    one.speaker,
    clock(one.time),
    one.page === null ? null : say("web.interviews.page", { page: String(one.page) }),
    one.date,
  ].filter(Boolean);
  return (
    <li className={colours[one.colour ?? "yellow"]}>
      <blockquote>{one.quote}</blockquote>
      {one.note && <p>{one.note}</p>}
      <div className={classes.under}>
        <span>
          <Link to={`/w/${ws}/interviews/${one.interview}?${asked}`}>{one.title}</Link>
          {where.length > 0 && <Unbroken text={` · ${where.join(" · ")}`} />}
          {one.start === null && ` · ${say("web.interviews.lost_one")}`}
        </span>
        {one.sentiment !== null && (
          <span className={classes.feels} title={say("web.interviews.feels")}>
            <i style={{ background: feelingColour(one.sentiment) }} aria-hidden="true" />
            {signed(one.sentiment)}
          </span>
        )}
        {(one.codes ?? []).map((name) => (
          <button key={name} type="button" className={classes.code} onClick={() => onCode(name)}>
            <Chip>{name}</Chip>
          </button>
        ))}
      </div>
    </li>
  );
}

function Rename({ code, known, onDone }: { code: string; known: string[]; onDone: (next?: string) => void }) {
  const say = useSay();
  const { rename } = useInterviewActions();
  const [name, setName] = useState(code);
  const becomes = name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ code, becomes }, { onSuccess: () => onDone(becomes) });
  };
  return (
    <Dialog opened onClose={() => onDone()} title={say("web.interviews.rename")}>
      <form className={dialog.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={say("web.interviews.code")}
          description={say(
            becomes !== code && known.includes(becomes)
              ? "web.interviews.rename_joins"
              : "web.interviews.rename_how",
          )}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Decide
          by={rename}
          verb={say("web.do.rename")}
          ready={!!becomes && becomes !== code}
          onCancel={() => onDone()}
        />
      </form>
    </Dialog>
  );
}
