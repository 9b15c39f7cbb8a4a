import { Skeleton } from "@mantine/core";
import { Navigate, useParams } from "react-router";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { useMap } from "../useMaps";
import classes from "./Editor.module.css";
import { Workbench } from "./Workbench";

/** A map as a grid that is edited: like a table, and like a wall of notes. */
export default function Editor() {
  const say = useSay();
  const { id = "" } = useParams();
  const found = useMap(id);
  if (found.data && !found.data.edits) return <Navigate to=".." relative="path" replace />;
  return (
    <Page title={found.data?.title ?? say("web.shell.maps")} bare>
      {found.isError && !found.data && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <Skeleton className={classes.wait} height={560} radius={12} />}
      {found.data && <Workbench key={id} id={id} given={found.data} />}
    </Page>
  );
}
