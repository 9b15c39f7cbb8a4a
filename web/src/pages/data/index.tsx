import { lazy, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";
import { useSources } from "@/hooks/useSources";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Page } from "@/parts/Page";
import { RowsLoading } from "@/parts/Rows";
import { SubNav } from "@/parts/SubNav";
import { useSay } from "@/words/say";
import { ContractPage } from "./contracts/ContractPage";
import { Contracts } from "./contracts/Contracts";
import { EventDetail } from "./EventDetail";
import { Events } from "./Events";
import { Quarantine } from "./Quarantine";
import { Sources } from "./Sources";
import { Sending } from "./sending/Sending";

// It is large, and comes when it is first opened.
const Identity = lazy(async () => ({ default: (await import("./identity/Identity")).Identity }));

/** What comes in, from where, and what became of it. */
export default function Data() {
  const say = useSay();
  const ws = useWorkspaceName();
  const waiting = useSources().data?.set_aside.reduce((sum, one) => sum + one.rows, 0);
  const base = `/w/${encodeURIComponent(ws)}/data`;
  const sections = [
    { path: "sources", title: say("web.data.sources") },
    { path: "events", title: say("web.data.events") },
    { path: "contracts", title: say("web.data.contracts") },
    { path: "quarantine", title: say("web.data.quarantine"), count: waiting },
    { path: "identity", title: say("web.data.identity") },
    { path: "send", title: say("web.data.send") },
  ];
  return (
    <Page title={say("web.shell.data")}>
      <SubNav label={say("web.shell.data")} base={base} sections={sections} />
      <Suspense fallback={<RowsLoading />}>
        <Routes>
          <Route index element={<Navigate to="sources" replace />} />
          <Route path="sources" element={<Sources />} />
          <Route path="events" element={<Events />} />
          <Route path="events/:event" element={<EventDetail />} />
          <Route path="contracts" element={<Contracts />} />
          <Route path="contracts/:event" element={<ContractPage />} />
          <Route path="quarantine" element={<Quarantine />} />
          <Route path="identity" element={<Identity />} />
          <Route path="send" element={<Sending />} />
        </Routes>
      </Suspense>
    </Page>
  );
}
