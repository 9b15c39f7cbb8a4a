import { Button, Skeleton } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { whole } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { Filters } from "./Filters";
import classes from "./Inbox.module.css";
import { Listed } from "./Listed";
import { Reading } from "./Reading";
import { filtersOf, useFilters, useInbox } from "./useInbox";

/** Everything that customers said: found by what it is about, and read with what happened around it. */
export default function Inbox() {
  const say = useSay();
  const filters = useFilters();
  const narrow = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const found = useInbox(filters.search);
  const pages = found.data?.pages ?? [];
  const first = pages[0];
  const said = pages.flatMap((page) => page.said);
  const open = filters.id ?? (narrow ? null : (said[0]?.id ?? null));
  const step = (by: 1 | -1) => {
    const place = said.findIndex(({ id }) => id === open);
    const next = said[place + by];
    if (next) filters.open(next.id);
    if (place + by >= said.length - 2 && found.hasNextPage && !found.isFetchingNextPage)
      found.fetchNextPage();
  };
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
    ["ArrowDown", () => step(1)],
    ["ArrowUp", () => step(-1)],
  ]);
  const filtered = [...filtersOf(filters.search).keys()].some((name) => name !== "order");
  const listShown = !narrow || open === null;
  return (
    <Page
      title={say("web.shell.inbox")}
      about={first ? say("web.inbox.about", { texts: first.total, customers: whole(first.customers) }) : " "}
    >
      {listShown && <Filters filters={filters} facets={first?.facets ?? []} />}
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && !found.isError && <Waiting />}
      {first && !found.isError && (
        <Stale when={found.isPlaceholderData}>
          {first.total === 0 && !filters.id ? (
            <Nothing filtered={filtered} onClear={filters.clear} />
          ) : (
            <div className={classes.both}>
              {listShown && (
                <div className={classes.side}>
                  <Listed
                    said={said}
                    open={open}
                    onOpen={filters.open}
                    more={{
                      has: found.hasNextPage,
                      busy: found.isFetchingNextPage,
                      get: () => found.fetchNextPage(),
                    }}
                  />
                </div>
              )}
              {open !== null && (
                <Reading
                  id={open}
                  at={filters.at}
                  onOpen={filters.open}
                  onBack={() => filters.open(null)}
                  onStep={step}
                />
              )}
            </div>
          )}
        </Stale>
      )}
    </Page>
  );
}

/** Nothing was said, or nothing fits: and the one next step. */
function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const say = useSay();
  const ws = useWorkspaceName();
  return (
    <section className={classes.card}>
      {filtered ? (
        <Empty title={say("web.inbox.nothing_fits")} why={say("web.inbox.nothing_fits_why")}>
          <Button onClick={onClear}>{say("web.inbox.clear")}</Button>
        </Empty>
      ) : (
        <Empty title={say("web.inbox.nothing")} why={say("web.inbox.nothing_why")}>
          <Button component={Link} to={`/w/${encodeURIComponent(ws)}/start/reviews`}>
            {say("web.inbox.bring")}
          </Button>
        </Empty>
      )}
    </section>
  );
}

function Waiting() {
  return (
    <div className={classes.both}>
      <Skeleton height={480} radius={12} />
      <Skeleton height={480} radius={12} />
    </div>
  );
}
