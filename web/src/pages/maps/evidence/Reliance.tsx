import { useDisclosure } from "@mantine/hooks";
import { IconClock, IconQuote } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Side } from "@/parts/Side";
import { useSay } from "@/words/say";
import { type Chosen, useFreshness } from "../behind/useBehind";
import classes from "./Evidence.module.css";
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
  const [opened, { open, close }] = useDisclosure();
  const rests = useEvidence(id).data;
  const fresh = useFreshness(id).data;
  if (!rests || !fresh || (rests.cards === 0 && fresh.live === 0)) return null;
  const stale = fresh.stale.length;
  return (
    <>
      <button type="button" className={classes.open} onClick={open}>
        <IconQuote size={13} stroke={1.6} />
        {say("web.maps.rests.button", { share: rests.shown })}
        {stale > 0 && (
          <>
            <IconClock size={13} stroke={1.6} />
            {say("web.maps.rests.stale", { n: stale })}
          </>
        )}
      </button>
      <Side
        opened={opened}
        onClose={close}
        position="right"
        size={400}
        title={say("web.maps.rests.title")}
        closeButtonProps={{ "aria-label": say("web.do.close") }}
      >
        <Suspense>
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
        </Suspense>
      </Side>
    </>
  );
}
