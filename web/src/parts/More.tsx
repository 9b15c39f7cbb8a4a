import { Button } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useSay } from "@/words/say";
import classes from "./Rows.module.css";

/** The way to the next page of rows, while there is one. */
export function More({ of }: { of: UseInfiniteQueryResult }) {
  const say = useSay();
  if (!of.hasNextPage) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" size="xs" loading={of.isFetchingNextPage} onClick={() => of.fetchNextPage()}>
        {say("web.data.more_rows")}
      </Button>
    </div>
  );
}
