import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { BackTo } from "@/parts/BackTo";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import type { Chosen } from "./Behind";
import { useAsBlueprint } from "./blueprint/Switch";
import type { MapDocument } from "./document";
import { Crumbs } from "./library/Crumbs";
import { MapHead } from "./MapHead";
import classes from "./Maps.module.css";
import { NoPersona } from "./NoPersona";
import { Picture } from "./Picture";
import { usePanel } from "./together/panel";
import { useKeptFresh, usePresence } from "./together/useTogether";
import { useMap, usePicture } from "./useMaps";
import { useChosen, useView, type View } from "./view";

// What is not seen at first is loaded when it is, the tools right behind the map.
const Behind = lazy(async () => ({ default: (await import("./Behind")).Behind }));
const Tools = lazy(async () => ({ default: (await import("./Tools")).Tools }));
const StageCards = lazy(async () => ({ default: (await import("./StageCards")).StageCards }));
const TourOffer = lazy(async () => ({ default: (await import("@/tour/TourOffer")).TourOffer }));
const Blueprint = lazy(async () => ({ default: (await import("./blueprint/Blueprint")).Blueprint }));
const WaitingHere = lazy(async () => ({ default: (await import("./editor/WaitingHere")).WaitingHere }));
const VotingBar = lazy(async () => ({ default: (await import("./workshop/VotingBar")).VotingBar }));
const Panels = lazy(async () => ({ default: (await import("./together/Panels")).Panels }));

/** One map, which fills the window: how one looks at it is in the address, what is behind it opens at its side. */
export function MapPage() {
  const say = useSay();
  const { id = "" } = useParams();
  const found = useMap(id);
  useKeptFresh(id, found.data?.step);
  const [view] = useView();
  const { panel, open } = usePanel();
  const [chosen, setChosen] = useChosen();
  usePresence(id, placeOf(chosen));
  const [asBlueprint] = useAsBlueprint();
  const narrow = useMediaQuery("(max-width: 760px)", false, { getInitialValueInEffect: false });
  const map = found.data?.document as unknown as MapDocument | undefined;
  return (
    <Page title={found.data?.title ?? say("web.shell.maps")} bare>
      <div className={classes.page}>
        <div className={classes.bar}>
          <BackTo to="maps" label={say("web.shell.maps")} />
          <h1>{found.data?.title ?? say("web.shell.maps")}</h1>
          {map && found.data && (
            <div className={classes.tools}>
              <Suspense>
                <Tools id={id} map={map} edits={found.data.edits} narrow={narrow} />
              </Suspense>
            </div>
          )}
        </div>
        {found.error && <Problem error={found.error} retry={() => found.refetch()} />}
        <Suspense>{map && <TourOffer map={id} />}</Suspense>
        {map && <Crumbs id={id} />}
        {map && found.data && (
          <Suspense>
            <WaitingHere id={id} />
            <VotingBar
              id={id}
              edits={found.data.edits}
              lanes={map.lanes ?? []}
              onVote={panel === "workshop" ? undefined : () => open("workshop")}
              onOver={() => open("workshop")}
            />
          </Suspense>
        )}
        {map && <MapHead id={id} map={map} onChoose={setChosen} />}
        {map && narrow && !asBlueprint && (
          <Suspense fallback={<Skeleton height={400} radius={12} />}>
            <StageCards id={id} map={map} onChoose={setChosen} />
          </Suspense>
        )}
        {map && !asBlueprint && !narrow && <NoPersona map={map} view={view} />}
        <div className={classes.beside}>
          {map && asBlueprint && (
            <Suspense fallback={<Skeleton className={classes.board} radius={12} />}>
              <Blueprint id={id} />
            </Suspense>
          )}
          {!narrow && !asBlueprint && !found.error && <Board id={id} view={view} onChoose={setChosen} />}
          {found.data && panel && (
            <Suspense fallback={<Skeleton width={380} radius={12} />}>
              <Panels found={found.data} />
            </Suspense>
          )}
        </div>
      </div>
      <Suspense>{map && <Behind id={id} chosen={chosen} onClose={() => setChosen(null)} />}</Suspense>
    </Page>
  );
}

/** Where one is, as others are told: at what is open beside the map. */
function placeOf(chosen: Chosen | null): string {
  if (!chosen?.step) return "";
  return chosen.lane ? `cells/${chosen.lane}/${chosen.step}` : `steps/${chosen.step}`;
}

function Board({ id, view, onChoose }: { id: string; view: View; onChoose: (chosen: Chosen) => void }) {
  const picture = usePicture(id, view);
  if (picture.error) return <Problem error={picture.error} retry={() => picture.refetch()} />;
  if (picture.isPending) return <Skeleton className={classes.board} radius={12} />;
  return (
    <Stale when={picture.isPlaceholderData} className={classes.board}>
      <Picture key={id} id={id} svg={picture.data} onChoose={onChoose} />
    </Stale>
  );
}
