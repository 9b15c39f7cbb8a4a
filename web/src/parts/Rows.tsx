import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Rows.module.css";
import { Unbroken } from "./Unbroken";

export interface Head {
  key: string;
  title: string;
  /** Numbers stand at the right. */
  number?: boolean;
  /** Left out where there is no room for it. */
  extra?: boolean;
  /** Its content says what it is; the heading is for those who hear the page. */
  unseen?: boolean;
  /** How the rows are sorted by it; pressing it sorts them so, or the other way round. */
  sorted?: "ascending" | "descending" | "none";
  onSort?: () => void;
}

interface Props {
  label: string;
  heads: Head[];
  /** Where there is little room, each row is a stack of its cells: for rows that are filled in. */
  stacked?: boolean;
  /** Each row's key and its cells, in the order of the heads. */
  rows: { key: string; cells: ReactNode[]; quiet?: boolean }[];
}

const ARROWS = { ascending: " ↑", descending: " ↓", none: "" } as const;
const LINES = ["a", "b", "c", "d", "e"];

/** A plain table of things with names: first what it is, then what is known of it. */
export function Rows({ label, heads, rows, stacked = false }: Props) {
  const kind = (head: Head | undefined) =>
    [head?.number && classes.number, head?.extra && classes.extra, head?.unseen && classes.act]
      .filter(Boolean)
      .join(" ") || undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <section className={classes.scroll} tabIndex={0} aria-label={label}>
      <table className={`${classes.table} ${stacked ? classes.stacked : ""}`}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head.key} scope="col" className={kind(head)} aria-sort={head.sorted}>
                {head.onSort ? (
                  <button type="button" className={classes.sort} onClick={head.onSort}>
                    {head.title}
                    <span aria-hidden="true">{ARROWS[head.sorted ?? "none"]}</span>
                  </button>
                ) : (
                  <span className={head.unseen ? classes.unseen : undefined}>{head.title}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, quiet }) => (
            <tr key={key} className={quiet ? classes.quiet : undefined}>
              {cells.map((cell, place) => (
                <td key={heads[place]?.key} className={kind(heads[place])} data-title={heads[place]?.title}>
                  {typeof cell === "string" ? <Unbroken text={cell} /> : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What stands where rows will be. */
export function RowsLoading() {
  return (
    <div className={classes.loading} aria-busy>
      {LINES.map((line) => (
        <Skeleton key={line} height={18} />
      ))}
    </div>
  );
}
