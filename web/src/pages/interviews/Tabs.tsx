import { useWorkspaceName } from "@/hooks/useWorkspace";
import { SubNav } from "@/parts/SubNav";
import { useSay } from "@/words/say";

/** All texts, or all that is marked in them. */
export function Tabs() {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  return (
    <SubNav
      label={say("web.shell.interviews")}
      base={`/w/${ws}/interviews`}
      sections={[
        { path: "texts", title: say("web.interviews.texts") },
        { path: "highlights", title: say("web.interviews.highlights") },
      ]}
    />
  );
}
