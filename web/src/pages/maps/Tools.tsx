import { Button } from "@mantine/core";
import { IconPencil, IconScale } from "@tabler/icons-react";
import { Link } from "react-router";
import { useSay } from "@/words/say";
import { Switch, useAsBlueprint } from "./blueprint/Switch";
import type { MapDocument } from "./document";
import { ExportMenu } from "./exchange/ExportMenu";
import { MoreMenu } from "./MoreMenu";
import { Perspective } from "./Perspective";
import { Discuss } from "./together/Discuss";
import { Presence } from "./together/Presence";
import { useMapAnswers } from "./useMaps";
import { ViewMenu } from "./ViewMenu";
import { useView, type View } from "./view";
import { TimerChip } from "./workshop/TimerChip";

interface Props {
  id: string;
  map: MapDocument;
  edits: boolean;
  narrow: boolean;
}

/** What can be done with a map that is looked at: in another way, with others, taken along, edited. */
export function Tools({ id, map, edits, narrow }: Props) {
  const say = useSay();
  const [view, setView] = useView();
  const [asBlueprint] = useAsBlueprint();
  return (
    <>
      <TimerChip id={id} edits={edits} />
      <Presence id={id} />
      <span data-tour="blueprint">
        <Switch />
      </span>
      {!asBlueprint && (
        <span data-tour="who">
          <Perspective id={id} />
        </span>
      )}
      <Weights id={id} view={view} onView={setView} />
      {!narrow && !asBlueprint && <ViewMenu map={map} view={view} onView={setView} />}
      <Discuss id={id} />
      <span data-tour="export">
        <ExportMenu id={id} view={view} />
      </span>
      {edits && (
        <Button component={Link} to="edit" leftSection={<IconPencil size={14} />}>
          {say("web.maps.edit.open")}
        </Button>
      )}
      <MoreMenu id={id} edits={edits} />
    </>
  );
}

/** Whether survey weights count, where answers carry any. */
function Weights({ id, view, onView }: { id: string; view: View; onView: (view: View) => void }) {
  const say = useSay();
  const answers = useMapAnswers(id);
  if (view.weighted && !answers.data?.weighted) return null;
  return (
    <Button
      data-tour="weights"
      variant="default"
      leftSection={<IconScale size={14} />}
      aria-pressed={view.weighted}
      onClick={() => onView({ ...view, weighted: !view.weighted })}
    >
      {say(view.weighted ? "web.maps.weighted" : "web.maps.unweighted")}
    </Button>
  );
}
