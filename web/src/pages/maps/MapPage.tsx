import { Button, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPencil } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Link, useParams } from "react-router";
import { BackTo } from "@/parts/BackTo";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { TourOffer } from "@/tour/TourOffer";
import { useSay } from "@/words/say";
import { Behind, type Chosen } from "./Behind";
import { Switch, useAsBlueprint } from "./blueprint/Switch";
import type { MapDocument } from "./document";
import { ExportMenu } from "./exchange/ExportMenu";
import { Crumbs } from "./library/Crumbs";
import { MapHead } from "./MapHead";
import classes from "./Maps.module.css";
import { MoreMenu } from "./MoreMenu";
import { Perspective } from "./Perspective";
import { Picture } from "./Picture";
import { StageCards } from "./StageCards";
import { Discuss } from "./together/Discuss";
import { Presence } from "./together/Presence";
import { usePanel } from "./together/panel";
import { useKeptFresh } from "./together/useTogether";
import { useMap, usePicture } from "./useMaps";
import { ViewMenu } from "./ViewMenu";
import { useChosen, useView, type View } from "./view";

// What is not seen at first is loaded when it is.
const Blueprint = lazy(async () => ({ default: (await import("./blueprint/Blueprint")).Blueprint }));
const Panels = lazy(async () => ({ default: (await import("./together/Panels")).Panels }));

/** One map, which fills the window: how one looks at it is in the address, what is behind it opens at its side. */
export function MapPage() {
  const say = useSay();
  const { id = "" } = useParams();
  const found = useMap(id);
  useKeptFresh(id, found.data?.step);
  const [view, setView] = useView();
  const { panel } = usePanel();
  const [chosen, setChosen] = useChosen();
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
              <Presence id={id} />
              <Switch />
              {!asBlueprint && <Perspective id={id} />}
              {!narrow && !asBlueprint && <ViewMenu map={map} view={view} onView={setView} />}
              <Discuss id={id} />
              <ExportMenu id={id} view={view} />
              {found.data.edits && !narrow && (
                <Button component={Link} to="edit" leftSection={<IconPencil size={14} />}>
                  {say("web.maps.edit.open")}
                </Button>
              )}
              <MoreMenu id={id} edits={found.data.edits} />
            </div>
          )}
        </div>
        {found.error && <Problem error={found.error} retry={() => found.refetch()} />}
        {map && <TourOffer map={id} />}
        {map && <Crumbs id={id} />}
        {map && <MapHead id={id} map={map} onChoose={setChosen} />}
        {map && narrow && !asBlueprint && <StageCards id={id} map={map} onChoose={setChosen} />}
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
      <Behind id={id} chosen={chosen} onClose={() => setChosen(null)} />
    </Page>
  );
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
