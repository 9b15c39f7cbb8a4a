import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { type DragEvent, lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useRole } from "@/hooks/useRole";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { whole } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { Stale } from "@/parts/Stale";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Interviews.module.css";
import { Tabs } from "./Tabs";
import { FORMS, type Form, type Row } from "./types";
import { useInterviews } from "./useInterviews";

const Bring = lazy(() => import("./Bring").then((found) => ({ default: found.Bring })));
const WAIT = 200;

/** All interviews, notes and documents; a file that is dropped anywhere on the page is brought in. */
export function List() {
  const say = useSay();
  const { may } = useRole();
  const [typed, setTyped] = useState("");
  const [form, setForm] = useState<Form | null>(null);
  const [search] = useDebouncedValue(typed.trim(), WAIT);
  const [bringing, setBringing] = useState<{ file: File | null } | null>(null);
  const found = useInterviews(search, form);
  const able = may("analyst");
  const button = able && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setBringing({ file: null })}>
      {say("web.interviews.bring")}
    </Button>
  );
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    setBringing({ file });
  };
  const all = !search && !form;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped can be chosen by a button too
    <div onDragOver={able ? (event) => event.preventDefault() : undefined} onDrop={able ? drop : undefined}>
      <Page
        title={say("web.interviews.heading")}
        about={say("web.interviews.about")}
        actions={found.data?.length || !all ? button : null}
      >
        <Tabs />
        {(found.data?.length || !all) && (
          <div className={classes.filters}>
            <TextInput
              className={classes.search}
              leftSection={<IconSearch size={14} />}
              placeholder={say("web.interviews.search")}
              aria-label={say("web.interviews.search")}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <SegmentedControl
              aria-label={say("web.interviews.form")}
              value={form ?? "all"}
              onChange={(value) => setForm(value === "all" ? null : (value as Form))}
              data={["all" as const, ...FORMS].map((value) => ({
                value,
                label: say(`web.interviews.form_${value}`),
              }))}
            />
          </div>
        )}
        {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
        {found.isPending && <RowsLoading />}
        {found.data?.length === 0 && (
          <Card>
            {all ? (
              <Empty title={say("web.interviews.none")} why={say("web.interviews.none_why")}>
                {button}
              </Empty>
            ) : (
              <Empty title={say("web.interviews.nothing_fits")} why={say("web.interviews.nothing_fits_why")}>
                <Button
                  variant="default"
                  onClick={() => {
                    setTyped("");
                    setForm(null);
                  }}
                >
                  {say("web.interviews.clear")}
                </Button>
              </Empty>
            )}
          </Card>
        )}
        {found.data && found.data.length > 0 && (
          <Stale when={found.isPlaceholderData}>
            <Card flush>
              <Listing rows={found.data} />
            </Card>
          </Stale>
        )}
        <Suspense>{bringing && <Bring file={bringing.file} onClose={() => setBringing(null)} />}</Suspense>
      </Page>
    </div>
  );
}

function Listing({ rows }: { rows: Row[] }) {
  const say = useSay();
  return (
    <Rows
      label={say("web.interviews.heading")}
      heads={[
        { key: "title", title: say("web.interviews.title") },
        { key: "form", title: say("web.interviews.form") },
        { key: "date", title: say("web.interviews.date"), extra: true },
        { key: "highlights", title: say("web.interviews.highlights"), number: true },
        { key: "codes", title: say("web.interviews.codes"), extra: true },
        { key: "updated", title: say("web.interviews.updated"), extra: true },
      ]}
      rows={rows.map((one) => ({
        key: one.id,
        cells: [
          <span key="title" className={classes.named}>
            <Link to={`../${one.id}`}>{one.title}</Link>
            <span className={classes.faint}>{one.found ?? underOf(one, say)}</span>
          </span>,
          say(`web.interviews.form_${one.form}`),
          one.date || "—",
          whole(one.highlights),
          <span key="codes" className={classes.chips}>
            {one.codes.length ? one.codes.map((code) => <Chip key={code}>{code}</Chip>) : "—"}
          </span>,
          ago(one.updated, say.lang),
        ],
      }))}
    />
  );
}

/** What a row says of its text: who speaks, or where it comes from, or how long it is. */
function underOf(one: Row, say: ReturnType<typeof useSay>): string {
  const long =
    one.pages === null
      ? say("web.interviews.characters", { n: one.characters })
      : say("web.interviews.pages", { n: one.pages });
  return [one.form === "document" ? one.source : one.speakers.join(say("values.and")), long]
    .filter(Boolean)
    .join(" · ");
}
