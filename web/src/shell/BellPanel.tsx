import { Button, Skeleton } from "@mantine/core";
import { IconArrowsDiff, IconClock, IconEraser, IconPlugOff, IconTargetOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { type BellItem, useBell, useReadBell } from "@/hooks/useBell";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Face } from "@/pages/maps/together/Face";
import { Problem } from "@/parts/Problem";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Bell.module.css";

const SIGNS = {
  old: IconClock,
  moved: IconArrowsDiff,
  gone: IconPlugOff,
  missed: IconTargetOff,
  words: IconEraser,
} as const;

/** What is under the bell: each leads to where it is on the map, and is read by that. */
export default function BellPanel({ close }: { close: () => void }) {
  const say = useSay();
  const found = useBell();
  const read = useReadBell();
  const items = found.data?.items ?? [];
  return (
    <section className={classes.panel} aria-label={say("web.bell.title")}>
      <header>
        <h2>{say("web.bell.title")}</h2>
        {(found.data?.new ?? 0) > 0 && (
          <Button size="compact-xs" variant="subtle" loading={read.isPending} onClick={() => read.mutate({})}>
            {say("web.bell.read_all")}
          </Button>
        )}
      </header>
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && (
        <div className={classes.loading} aria-busy>
          <Skeleton height={44} />
          <Skeleton height={44} />
        </div>
      )}
      {found.data && items.length === 0 && (
        <div className={classes.none}>
          <b>{say("web.bell.none")}</b>
          <p>{say("web.bell.none_why")}</p>
        </div>
      )}
      {items.length > 0 && (
        <ul>
          {items.map((one) => (
            <Item
              key={one.id}
              item={one}
              go={() => {
                if (!one.read) read.mutate({ ids: [one.id] });
                close();
              }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ item, go }: { item: BellItem; go: () => void }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const Sign = item.kind in SIGNS ? SIGNS[item.kind as keyof typeof SIGNS] : null;
  const name = item.author?.name || say("web.bell.somebody");
  const [only, ...more] = item.numbers;
  const where = item.place ? say("web.bell.quoted", { place: item.place }) : say("web.bell.whole");
  const found = more.length > 0 ? say("web.bell.numbers", { n: item.numbers.length }) : (only?.place ?? "");
  const words = item.kind === "words";
  const numbers =
    more.length > 0 ? item.numbers.map((one) => one.place).join(say("web.bell.and")) : only?.why;
  const body = words ? say("web.bell.words_why") : Sign ? numbers : item.body;
  return (
    <li>
      <Link
        to={`/w/${ws}/maps/${item.map}${query(item)}`}
        onClick={go}
        data-new={!item.read || undefined}
        className={classes.item}
      >
        {Sign ? (
          <span className={classes.sign}>
            <Sign size={15} stroke={1.7} aria-hidden />
          </span>
        ) : (
          <Face id={item.author?.id ?? ""} name={name} />
        )}
        <span className={classes.told}>
          <b>{say(`web.bell.kinds.${item.kind}`, { name, place: Sign && !words ? found : where })}</b>
          {body && <span className={classes.body}>{body}</span>}
          <small>
            {item.title} · {ago(item.when, say.lang)}
          </small>
        </span>
        {!item.read && <span className={classes.dot} role="img" aria-label={say("web.bell.new")} />}
      </Link>
    </li>
  );
}

/** Where on its map it is. */
function query(item: BellItem): string {
  if (["asked", "approved", "changes"].includes(item.kind)) return "?panel=review";
  if (["mentioned", "concerns", "replied"].includes(item.kind)) {
    const about = item.about ? `&about=${encodeURIComponent(item.about)}` : "";
    return `?panel=comments${about}`;
  }
  const at = item.numbers.find((one) => one.at)?.at;
  return at ? `?at=${encodeURIComponent(at)}` : "";
}
