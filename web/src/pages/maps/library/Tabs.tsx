import { useWorkspaceName } from "@/hooks/useWorkspace";
import { SubNav } from "@/parts/SubNav";
import { useSay } from "@/words/say";

/** What there is around maps: they themselves, what they can be begun from, what they share. */
export function Tabs() {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  return (
    <SubNav
      label={say("web.shell.maps")}
      base={`/w/${ws}/maps`}
      sections={[
        { path: "library", title: say("web.maps.library.title") },
        { path: "templates", title: say("web.maps.templates.title") },
        { path: "programmes", title: say("web.maps.programmes.title") },
        { path: "registers", title: say("web.maps.registers.title") },
        { path: "touchpoints", title: say("web.maps.touchpoints.title") },
        { path: "personas", title: say("web.maps.personas.title") },
      ]}
    />
  );
}
