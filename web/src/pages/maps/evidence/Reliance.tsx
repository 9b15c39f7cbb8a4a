import { IconClock, IconEraser, IconQuote } from "@tabler/icons-react";
import { lazy } from "react";
import { useSay } from "@/words/say";
import { type Chosen, useFreshness } from "../behind/useBehind";
import { Opens } from "./Opens";
import { useEvidence } from "./useEvidence";

const Evidence = lazy(() => import("./Evidence").then((found) => ({ default: found.Evidence })));

interface Props {
  id: string;
  edits: boolean;
  onChoose: (chosen: Chosen) => void;
}

/** How far the map can be relied on, in two figures that open what is behind them. */
export function Reliance({ id, edits, onChoose }: Props) {
  const say = useSay();
  const rests = useEvidence(id).data;
  const fresh = useFreshness(id).data;
  if (!rests || !fresh || (rests.cards === 0 && fresh.live === 0 && rests.words.length === 0)) return null;
  const stale = fresh.stale.length;
  const told = (
    <>
      <IconQuote size={13} stroke={1.6} />
      {say("web.maps.rests.button", { share: rests.shown })}
      {stale > 0 && (
        <>
          <IconClock size={13} stroke={1.6} />
          {say("web.maps.rests.stale", { n: stale })}
        </>
      )}
      {rests.words.length > 0 && (
        <>
          <IconEraser size={13} stroke={1.6} />
          {say("web.maps.rests.left", { n: rests.words.length })}
        </>
      )}
    </>
  );
  return (
    <Opens told={told} title={say("web.maps.rests.title")}>
      {(close) => (
        <Evidence
          id={id}
          rests={rests}
          fresh={fresh}
          edits={edits}
          onChoose={(chosen) => {
            close();
            onChoose(chosen);
          }}
        />
      )}
    </Opens>
  );
}
