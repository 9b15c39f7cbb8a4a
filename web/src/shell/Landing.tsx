import { useQuery } from "@tanstack/react-query";
import { Navigate } from "react-router";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspace, useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

/** Where a workspace begins: its map where it has one, else the overview, else the question what there is. */
export function Landing() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const about = useWorkspace();
  const maps = useQuery({
    queryKey: ["maps", ws, lang],
    queryFn: ({ signal }) => get<Of<"Maps">>(of(ws, "maps"), { lang }, signal),
  });
  if (maps.isPending || about.isPending) return null;
  const shown = (maps.data?.maps ?? []).filter((one) => one.status !== "archived");
  const first = shown.find((one) => one.status === "live") ?? shown[0];
  if (first) return <Navigate to={`maps/${first.id}`} replace />;
  return <Navigate to={about.data?.events === 0 ? "start" : "overview"} replace />;
}
