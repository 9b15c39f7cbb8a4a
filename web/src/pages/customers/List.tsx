import { Button, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useChannelName } from "@/hooks/useModel";
import { useSegments } from "@/hooks/useSaved";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Empty } from "@/parts/Empty";
import { whole } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { dayOf } from "@/parts/pickers/range";
import { SegmentPicker } from "@/parts/pickers/SavedPickers";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import classes from "./Customers.module.css";
import type { Customer } from "./types";
import { useCustomers } from "./useCustomers";

const WAIT = 150;

/** All customers, found by any identifier as it is typed, those first who were active last. */
export function List() {
  const say = useSay();
  const [asked, ask] = useSearchParams();
  const segment = asked.get("segment");
  const [typed, setTyped] = useState(asked.get("search") ?? "");
  const [search] = useDebouncedValue(typed.trim(), WAIT);
  const found = useCustomers(search, segment);
  useEffect(() => {
    ask(
      (before) => {
        const next = new URLSearchParams(before);
        if (search) next.set("search", search);
        else next.delete("search");
        return next;
      },
      { replace: true },
    );
  }, [search, ask]);
  const choose = (name: string | null) =>
    ask(
      (before) => {
        const next = new URLSearchParams(before);
        if (name) next.set("segment", name);
        else next.delete("segment");
        return next;
      },
      { replace: true },
    );
  return (
    <Page
      title={say("web.shell.customers")}
      about={say("web.customers.about")}
      actions={
        <>
          <TextInput
            aria-label={say("web.customers.search")}
            placeholder={say("web.customers.search_for")}
            leftSection={<IconSearch size={14} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            w={260}
          />
          <SegmentPicker
            value={segment}
            onChange={choose}
            placeholder={say("web.overview.everybody")}
            aria-label={say("web.customers.segment")}
          />
        </>
      }
    >
      <Found found={found} searched={Boolean(search || segment)} />
    </Page>
  );
}

function Found({ found, searched }: { found: ReturnType<typeof useCustomers>; searched: boolean }) {
  const say = useSay();
  const ws = useWorkspaceName();
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={480} radius={12} />;
  const [first] = found.data.pages;
  const customers = found.data.pages.flatMap((page) => page.customers);
  if (!first || !customers.length) {
    return searched ? (
      <Empty title={say("web.customers.nobody")} why={say("web.customers.nobody_why")} />
    ) : (
      <Empty title={say("web.customers.none")} why={say("web.customers.none_why")}>
        <Button component={Link} to={`/w/${encodeURIComponent(ws)}/start`}>
          {say("web.customers.bring")}
        </Button>
      </Empty>
    );
  }
  return (
    <Stale when={found.isPlaceholderData}>
      <p className={classes.total} aria-live="polite">
        <b>{whole(first.total)}</b>{" "}
        {say(`web.customers.matched_${first.matched === "none" ? "all" : first.matched}`)}
      </p>
      <div className={classes.card}>
        <Rows customers={customers} />
      </div>
      {found.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt={10}
          loading={found.isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          {say("web.people.more", { n: first.total - customers.length })}
        </Button>
      )}
    </Stale>
  );
}

function Rows({ customers }: { customers: Customer[] }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const zone = useZone();
  const channelName = useChannelName();
  const titles = new Map((useSegments().data ?? []).map(({ name, title }) => [name, title]));
  return (
    <table className={classes.rows}>
      <thead>
        <tr>
          <th scope="col">{say("web.customers.customer")}</th>
          <th scope="col">{say("web.customers.last")}</th>
          <th scope="col" className={classes.wide}>
            {say("web.customers.first")}
          </th>
          <th scope="col" className={classes.right}>
            {say("web.customers.events_head")}
          </th>
          <th scope="col">{say("web.customers.channels")}</th>
          <th scope="col">{say("web.customers.segments")}</th>
        </tr>
      </thead>
      <tbody>
        {customers.map((one) => (
          <tr key={one.ref}>
            <th scope="row">
              <Link to={`/w/${encodeURIComponent(ws)}/customers/${encodeURIComponent(one.ref)}`}>
                {one.name ?? one.id}
              </Link>
              {(one.name || one.email) && (
                <small>{[one.name && one.id, one.email].filter(Boolean).join(" · ")}</small>
              )}
            </th>
            <td>{dayOf(one.last, zone)}</td>
            <td className={classes.wide}>{dayOf(one.first, zone)}</td>
            <td className={classes.right}>{whole(one.events)}</td>
            <td>
              {one.channels.map((channel) => (
                <span key={channel} className={classes.chip}>
                  {channelName(channel)}
                </span>
              ))}
            </td>
            <td>
              {one.segments.map((name) => (
                <span key={name} className={classes.chip}>
                  {titles.get(name) ?? name}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
