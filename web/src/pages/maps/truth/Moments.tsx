import { IconStar } from "@tabler/icons-react";
import { lazy } from "react";
import { useSay } from "@/words/say";
import type { Chosen } from "../behind/useBehind";
import type { MapDocument } from "../document";
import { Opens } from "../evidence/Opens";
import { proposedOn } from "./useMoments";

const MomentList = lazy(() => import("./MomentList").then((found) => ({ default: found.MomentList })));

interface Props {
  id: string;
  map: MapDocument;
  onChoose: (chosen: Chosen) => void;
}

/** How many moments of truth are proposed; opens the list in which they are accepted or refused. */
export function Moments({ id, map, onChoose }: Props) {
  const say = useSay();
  if (!map.lanes?.some((lane) => lane.role === "moments") && !map.verdicts?.length) return null;
  const waiting = proposedOn(map);
  const name = say("web.maps.truth.name");
  const told = (
    <>
      <IconStar size={13} stroke={1.6} />
      {waiting ? say("web.maps.truth.proposed", { n: waiting }) : name}
    </>
  );
  return (
    <Opens told={told} title={name}>
      {(close) => (
        <MomentList
          id={id}
          onChoose={(chosen) => {
            close();
            onChoose(chosen);
          }}
        />
      )}
    </Opens>
  );
}
