import { lazy, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";
import type { Role } from "@/api/types";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { SubNav } from "@/parts/SubNav";
import type { Key } from "@/words/key";
import { useSay } from "@/words/say";
import { Account } from "./Account";
import { People } from "./access/People";
import { Tokens } from "./access/Tokens";
import { WriteKeys } from "./access/WriteKeys";
import { General } from "./General";
import { Channels } from "./models/Channels";
import { Models } from "./models/Models";

// The longer pages are loaded when somebody goes there.
const Audit = lazy(async () => ({ default: (await import("./Audit")).Audit }));
const ModelPage = lazy(async () => ({ default: (await import("./models/ModelPage")).ModelPage }));
const Webhooks = lazy(async () => ({ default: (await import("./webhooks/Webhooks")).Webhooks }));

const SECTIONS: { path: string; word: Key; least: Role; page: React.ComponentType }[] = [
  { path: "workspace", word: "web.settings.workspace", least: "viewer", page: General },
  { path: "models", word: "web.settings.models", least: "viewer", page: Models },
  { path: "channels", word: "web.settings.channels", least: "viewer", page: Channels },
  { path: "people", word: "web.settings.people", least: "viewer", page: People },
  { path: "keys", word: "web.settings.keys", least: "admin", page: WriteKeys },
  { path: "webhooks", word: "web.settings.webhooks", least: "admin", page: Webhooks },
  { path: "audit", word: "web.settings.audit", least: "admin", page: Audit },
  { path: "tokens", word: "web.settings.tokens", least: "viewer", page: Tokens },
  { path: "account", word: "web.settings.account", least: "viewer", page: Account },
];

/** How the workspace is set up, who may do what in it, and one's own account. */
export default function Settings() {
  const say = useSay();
  const { may } = useRole();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}/settings`;
  const shown = SECTIONS.filter((one) => may(one.least));
  return (
    <Page title={say("web.shell.settings")}>
      <SubNav
        label={say("web.shell.settings")}
        base={base}
        sections={shown.map(({ path, word }) => ({ path, title: say(word) }))}
      />
      <Suspense>
        <Routes>
          <Route index element={<Navigate to="workspace" replace />} />
          {SECTIONS.map(({ path, least, page: Section }) => (
            <Route key={path} path={path} element={may(least) ? <Section /> : <Closed least={least} />} />
          ))}
          <Route path="models/:key" element={<ModelPage />} />
        </Routes>
      </Suspense>
    </Page>
  );
}

/** Says why a section is not there. */
function Closed({ least }: { least: Role }) {
  const say = useSay();
  const { role } = useRole();
  const values = { role: say(`web.settings.role_${role}`), least: say(`web.settings.role_${least}`) };
  return <Empty title={say("web.settings.closed")} why={say("web.settings.closed_why", values)} />;
}
