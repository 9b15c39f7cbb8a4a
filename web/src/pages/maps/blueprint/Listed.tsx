import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "./Blueprint.module.css";
import { type Lists, useLists } from "./useBlueprint";

interface Props {
  id: string;
  name: "handoffs" | "dependencies" | "interactions" | "unowned";
  children: (lists: Lists) => ReactNode;
}

/** A list of a blueprint: what it is of, as a table and as a file; or why there is nothing in it. */
export function Listed({ id, name, children }: Props) {
  const say = useSay();
  const ws = useWorkspaceName();
  const found = useLists(id);
  const rows = found.data?.[name] ?? [];
  return (
    <section className={classes.list} aria-label={say(`web.maps.blueprint.lists.${name}`)}>
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data && rows.length === 0 && (
        <Empty title={say(`web.maps.blueprint.no.${name}`)} why={say(`web.maps.blueprint.no_why.${name}`)} />
      )}
      {found.data && rows.length > 0 && (
        <>
          <div className={classes.head}>
            <p className={classes.soft}>{say(`web.maps.blueprint.about.${name}`)}</p>
            <Button
              variant="default"
              leftSection={<IconDownload size={14} />}
              component="a"
              href={`${of(ws, "maps", id, "lists", name)}?lang=${say.lang}`}
              download={`${name}.csv`}
            >
              {say("web.maps.blueprint.csv")}
            </Button>
          </div>
          {children(found.data)}
        </>
      )}
    </section>
  );
}
