import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { RowsLoading } from "@/parts/Rows";
import classes from "./Settings.module.css";

interface Props<T> {
  found: UseQueryResult<T[]>;
  /** What these things are for; said above them, and where there are none. */
  about: string;
  /** Where there are none: so much, and why if `about` does not say it. */
  none: string;
  why?: string;
  /** The way to another one, for those who may. */
  make?: ReactNode;
  children: (things: T[]) => ReactNode;
}

/** The frame of a list in the settings: waiting, wrong, empty with the first step, or the things and a way to more. */
export function Listing<T>({ found, about, none, why = about, make, children }: Props<T>) {
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (!found.data.length)
    return (
      <Empty title={none} why={why}>
        {make}
      </Empty>
    );
  return (
    <div className={classes.stack}>
      <div className={classes.bar}>
        <p>{about}</p>
        {make}
      </div>
      {children(found.data)}
    </div>
  );
}

/** The button that makes another one. */
export function Make({ word, busy, onClick }: { word: string; busy?: boolean; onClick: () => void }) {
  return (
    <Button leftSection={<IconPlus size={14} />} loading={busy} onClick={onClick}>
      {word}
    </Button>
  );
}
