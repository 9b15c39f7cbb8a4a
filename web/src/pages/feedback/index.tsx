import { Button, Select, Skeleton, Switch } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { IconExternalLink } from "@tabler/icons-react";
import { Link } from "react-router";
import { useAddress } from "@/hooks/useAddress";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { CopyButton } from "@/parts/CopyButton";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { Coverage } from "./Coverage";
import classes from "./Feedback.module.css";
import { Listed } from "./Listed";
import { Reading } from "./Reading";
import { KINDS, type Pieces, STATUSES } from "./types";
import { usePieces } from "./useFeedback";

/** What came through feedback doors: looked at, answered, merged, published. */
export default function Feedback() {
  const say = useSay();
  const [search, ask] = useAddress();
  const narrow = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const found = usePieces(search);
  const first = found.data?.pages[0];
  const pieces = found.data?.pages.flatMap((page) => page.pieces) ?? [];
  const open = search.get("id") ?? (narrow ? null : (pieces[0]?.id ?? null));
  const set = (name: string, value: string | null) => ask({ id: null, [name]: value });
  const step = (by: 1 | -1) => {
    const next = pieces[pieces.findIndex(({ id }) => id === open) + by];
    if (next) set("id", next.id);
  };
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  const filtered = [...search.keys()].some((name) => name !== "id");
  const listShown = !narrow || open === null;
  const door = first?.doors.find((one) => one.open) ?? first?.doors[0];
  return (
    <Page
      title={say("web.shell.feedback")}
      about={say("web.feedback.about")}
      actions={
        door && (
          <>
            <CopyButton text={door.url} label={say("web.feedback.copy_link")} />
            <Button
              component="a"
              href={new URL(door.url).pathname}
              target="_blank"
              rel="noreferrer"
              variant="default"
              size="xs"
              leftSection={<IconExternalLink size={13} />}
            >
              {say("web.feedback.public_page")}
            </Button>
          </>
        )
      }
    >
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && !found.isError && <Skeleton height={480} radius={12} />}
      {first && !found.isError && (first.counts.length > 0 || open) && (
        <>
          {listShown && <Coverage doors={first.doors} answered={first.answered} />}
          {listShown && <Filters search={search} set={set} counts={first.counts} />}
          <Stale when={found.isPlaceholderData}>
            {pieces.length === 0 && !open ? (
              <section className={classes.card}>
                <Empty title={say("web.feedback.nothing_fits")} why={say("web.feedback.nothing_fits_why")}>
                  <Button
                    onClick={() => ask(Object.fromEntries([...search.keys()].map((name) => [name, null])))}
                  >
                    {say("web.feedback.clear")}
                  </Button>
                </Empty>
              </section>
            ) : (
              <div className={classes.both}>
                {listShown && (
                  <Listed
                    pieces={pieces}
                    open={open}
                    onOpen={(id) => set("id", id)}
                    more={found.hasNextPage ? () => found.fetchNextPage() : null}
                    busy={found.isFetchingNextPage}
                  />
                )}
                {open !== null && (
                  <Reading id={open} onOpen={(id) => set("id", id)} onBack={() => set("id", null)} />
                )}
              </div>
            )}
          </Stale>
        </>
      )}
      {first && !found.isError && first.counts.length === 0 && !open && !filtered && (
        <Nothing doors={first.doors} />
      )}
    </Page>
  );
}

function Filters({
  search,
  set,
  counts,
}: {
  search: URLSearchParams;
  set: (name: string, value: string | null) => void;
  counts: Pieces["counts"];
}) {
  const say = useSay();
  const me = useSession().data?.person?.id ?? null;
  const status = search.get("status");
  const of = (name: string | null) =>
    counts.filter((one) => !name || one.status === name).reduce((sum, one) => sum + one.pieces, 0);
  return (
    <div className={classes.filters}>
      <fieldset className={classes.statuses}>
        <legend>{say("web.feedback.status")}</legend>
        {[null, ...STATUSES].map((one) => (
          <button
            key={one ?? "all"}
            type="button"
            aria-pressed={status === one}
            onClick={() => set("status", one)}
          >
            {say(`web.feedback.${one ?? "all"}`)} <small>{of(one)}</small>
          </button>
        ))}
      </fieldset>
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={say("web.feedback.which")}
        placeholder={say("web.feedback.which")}
        value={search.get("kind")}
        onChange={(kind) => set("kind", kind)}
        data={KINDS.map((value) => ({ value, label: say(`web.feedback.kind_${value}`) }))}
      />
      {me && (
        <Switch
          size="xs"
          label={say("web.feedback.mine")}
          checked={search.get("owner") === me}
          onChange={(event) => set("owner", event.currentTarget.checked ? me : null)}
        />
      )}
    </div>
  );
}

/** Nothing came, or there is nothing that it could come by: and the one next step. */
function Nothing({ doors }: { doors: Pieces["doors"] }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  return (
    <section className={classes.card}>
      {doors.length ? (
        <Empty title={say("web.feedback.nothing")} why={say("web.feedback.nothing_why")} />
      ) : (
        <Empty title={say("web.feedback.no_door")} why={say("web.feedback.no_door_why")}>
          <Button component={Link} to={`/w/${ws}/surveys`}>
            {say("web.feedback.make_door")}
          </Button>
        </Empty>
      )}
    </section>
  );
}
