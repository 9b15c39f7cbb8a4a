import { ActionIcon, SegmentedControl } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import type { MapDocument } from "../document";
import type { MapOf } from "../useMaps";
import { WorkshopPanel } from "../workshop/WorkshopPanel";
import { Comments } from "./Comments";
import { History } from "./History";
import classes from "./Panels.module.css";
import { type Panel, TABS, usePanel } from "./panel";
import { Review } from "./Review";
import { Versions } from "./Versions";

/** What people say, ask, did and kept, beside the map; nothing while no panel is open. */
export function Panels({ found }: { found: MapOf }) {
  const say = useSay();
  const { panel, about, open } = usePanel();
  const map = found.document as unknown as MapDocument;
  if (!panel) return null;
  const parts = { id: found.id, map, about, onAbout: (next: typeof about) => open(panel, next) };
  return (
    <aside className={classes.panel} aria-label={say("web.maps.together.panel")}>
      <div className={classes.head}>
        {panel === "workshop" ? (
          <h2>{say("web.maps.workshop.name")}</h2>
        ) : (
          <SegmentedControl
            size="xs"
            value={panel}
            aria-label={say("web.maps.together.panel")}
            data={TABS.map((value) => ({ value, label: say(`web.maps.together.${value}`) }))}
            onChange={(next) => open(next as Panel, about)}
          />
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={say("web.do.close")}
          onClick={() => open(null)}
        >
          <IconX size={14} />
        </ActionIcon>
      </div>
      <div className={classes.inside}>
        {panel === "comments" && <Comments {...parts} />}
        {panel === "review" && <Review id={found.id} />}
        {panel === "history" && <History {...parts} />}
        {panel === "versions" && <Versions found={found} map={map} />}
        {panel === "workshop" && <WorkshopPanel id={found.id} map={map} edits={found.edits} />}
      </div>
    </aside>
  );
}
