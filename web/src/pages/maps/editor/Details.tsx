import { CloseButton, SegmentedControl } from "@mantine/core";
import type { Ref } from "react";
import { leaves } from "@/parts/leaves";
import { useSay } from "@/words/say";
import { ShowWith } from "../binding/ShowWith";
import type { MapDocument } from "../document";
import { WorkshopPanel } from "../workshop/WorkshopPanel";
import { chosenCards } from "./acts";
import { CardDetails } from "./CardDetails";
import classes from "./Details.module.css";
import { filledBy, type Lane, type Step } from "./document";
import { LaneDetails, StageDetails, StepDetails } from "./HeadDetails";
import { MapDetails } from "./MapDetails";
import { HEADS, STAGES, STEPS } from "./places";
import { TouchpointPicker } from "./TouchpointPicker";
import type { Bench } from "./useBench";

export type Panel = "selected" | "map" | "workshop";

/** At the side: everything that can be said of what is selected, or of the map itself. */
export function Details({
  bench,
  panel,
  onPanel,
  onClose,
  onBack,
  ref,
}: {
  bench: Bench;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  onClose: () => void;
  /** Back to the grid, while they stay open. */
  onBack: () => void;
  ref: Ref<HTMLElement>;
}) {
  const say = useSay();
  return (
    <aside
      ref={ref}
      className={classes.panel}
      aria-label={say("web.maps.edit.details")}
      onKeyDown={(event) => leaves(event) && onBack()}
    >
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          value={panel}
          data={[
            { value: "selected", label: say("web.maps.edit.of_selected") },
            { value: "map", label: say("web.maps.edit.of_map") },
            { value: "workshop", label: say("web.maps.workshop.name") },
          ]}
          onChange={(value) => onPanel(value as Panel)}
          aria-label={say("web.maps.edit.details")}
        />
        <CloseButton aria-label={say("web.do.close")} onClick={onClose} />
      </div>
      <div className={classes.body} data-inside>
        {panel === "map" && <MapDetails bench={bench} />}
        {panel === "selected" && <Selected bench={bench} />}
        {panel === "workshop" && (
          <WorkshopPanel id={bench.id} map={bench.map as MapDocument} edits onCard={bench.goCard} />
        )}
      </div>
    </aside>
  );
}

function Selected({ bench }: { bench: Bench }) {
  const say = useSay();
  const { table, selected } = bench;
  const { row, col } = selected.at;
  const column = table.columns[col];
  const lane = table.lanes[row];
  const [card] = chosenCards(table, selected);
  if (row === STAGES && column)
    return <StageDetails key={column.stage.key} bench={bench} stage={column.stage} />;
  if (row === STEPS && column?.step)
    return <StepDetails key={column.step.key} bench={bench} step={column.step} />;
  if (col === HEADS && lane) return <LaneDetails key={lane.key} bench={bench} lane={lane} />;
  if (card) return <CardDetails key={card.key} bench={bench} card={card} />;
  if (lane && column?.step) {
    return (
      <CellDetails key={`${lane.key}/${column.step.key}`} bench={bench} lane={lane} step={column.step} />
    );
  }
  return <p className={classes.none}>{say("web.maps.edit.nothing_selected")}</p>;
}

/** A cell in which nothing is written: what it can be shown with, and where customers meet the company. */
function CellDetails({ bench, lane, step }: { bench: Bench; lane: Lane; step: Step }) {
  const say = useSay();
  return (
    <>
      <p className={classes.where}>{[lane.label[say.lang], step.name[say.lang]].join(" · ")}</p>
      {lane.role === "touchpoints" && <TouchpointPicker bench={bench} step={step} />}
      <p className={classes.none}>{say("web.maps.edit.cell_about")}</p>
      <ShowWith
        id={bench.id}
        place={{ lane: lane.key, step: step.key }}
        now={filledBy(bench.map.bindings, lane.key, step.key)}
      />
    </>
  );
}
