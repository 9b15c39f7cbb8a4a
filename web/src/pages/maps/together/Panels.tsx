import { ActionIcon, SegmentedControl } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { leaves } from "@/parts/leaves";
import { useKeysBack } from "@/parts/useKeysBack";
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
  const aside = useRef<HTMLElement>(null);
  const opened = panel !== null;
  useKeysBack(opened);
  // Whoever opens it has the keys in it, and by Escape where they were before.
  useEffect(() => {
    if (opened) aside.current?.focus({ preventScroll: true });
  }, [opened]);
  if (!panel) return null;
  const parts = { id: found.id, map, about, onAbout: (next: typeof about) => open(panel, next) };
  return (
    <aside
      ref={aside}
      tabIndex={-1}
      className={classes.panel}
      aria-label={say("web.maps.together.panel")}
      onKeyDown={(event) => leaves(event) && open(null)}
    >
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
