import { Navigate } from "react-router";
import type { Of } from "@/api/schemas";
import { useSession } from "@/hooks/useSession";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { rememberedWorkspace } from "./remembered";

type Listed = Of<"Listed">;

/** The workspace that was made last, of those that are no examples; where all are, the first. */
function newest(workspaces: Listed[]): Listed | undefined {
  const own = workspaces.filter((one) => !one.example);
  return own.sort((one, other) => other.made.localeCompare(one.made))[0] ?? workspaces[0];
}

/** Where one begins: the workspace one was in last, else the newest of one's own data; or the way to sign in. */
export function Home() {
  const session = useSession();
  const say = useSay();
  if (session.isPending) return null;
  if (session.isError) return <Problem error={session.error} retry={() => session.refetch()} alone />;
  const { workspaces, person, local } = session.data;
  if (!person && !workspaces.length)
    return <Navigate to={local ? "/sign-in?link=needed" : "/sign-in"} replace />;
  const last = rememberedWorkspace();
  const found = workspaces.find((one) => one.name === last) ?? newest(workspaces);
  if (found) return <Navigate to={`/w/${encodeURIComponent(found.name)}`} replace />;
  return (
    <Page title={say("web.shell.no_workspace")} alone>
      <Empty title={say("web.shell.no_workspace")} why={say("web.shell.no_workspace_why")} />
    </Page>
  );
}
