import { Button, Skeleton } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { CustomerList } from "@/api/types";
import { type Behind, useCellCustomers } from "@/hooks/useCellCustomers";
import { useSay } from "@/words/say";
import { Empty } from "./Empty";
import { whole } from "./numbers";
import classes from "./PeopleList.module.css";
import { Problem } from "./Problem";

const ROWS = ["a", "b", "c", "d", "e", "f"];

/** The customers behind a cell, a page at a time. */
export function PeopleList({ behind, onOpen }: { behind: Behind; onOpen: (customer: string) => void }) {
  return <PeoplePages found={useCellCustomers(behind)} onOpen={onOpen} />;
}

type Pages = UseInfiniteQueryResult<InfiniteData<CustomerList>>;

/** Customers that come a page at a time, whoever asked for them. */
export function PeoplePages({ found, onOpen }: { found: Pages; onOpen: (customer: string) => void }) {
  const say = useSay();
  if (found.isPending) return ROWS.map((row) => <Skeleton key={row} height={28} mb={6} />);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const customers = found.data.pages.flatMap((page) => page.customers);
  const total = found.data.pages[0]?.total ?? 0;
  if (!customers.length) return <Empty title={say("web.people.nobody")} why={say("web.people.nobody_why")} />;
  return (
    <>
      <p className={classes.total}>
        <b>{whole(total)}</b> {say("web.people.behind", { n: total })}
      </p>
      <ul className={classes.list}>
        {customers.map(({ id, name }) => (
          <li key={id}>
            <button type="button" onClick={() => onOpen(id)}>
              {name || id}
            </button>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          fullWidth
          loading={found.isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          {say("web.people.more", { n: total - customers.length })}
        </Button>
      )}
    </>
  );
}
