import { Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconStar } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Side } from "@/parts/Side";
import { useSay } from "@/words/say";
import type { Chosen } from "../behind/useBehind";
import type { MapDocument } from "../document";
import classes from "../evidence/Evidence.module.css";
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
  const [opened, { open, close }] = useDisclosure();
  if (!map.lanes?.some((lane) => lane.role === "moments") && !map.verdicts?.length) return null;
  const waiting = proposedOn(map);
  return (
    <>
      <button type="button" className={classes.open} onClick={open}>
        <IconStar size={13} stroke={1.6} />
        {waiting ? say("web.maps.truth.proposed", { n: waiting }) : say("web.maps.truth.name")}
      </button>
      <Side
        opened={opened}
        onClose={close}
        position="right"
        size={400}
        title={say("web.maps.truth.name")}
        closeButtonProps={{ "aria-label": say("web.do.close") }}
      >
        <Suspense fallback={<Skeleton height={240} />}>
          {opened && (
            <MomentList
              id={id}
              onChoose={(chosen) => {
                close();
                onChoose(chosen);
              }}
            />
          )}
        </Suspense>
      </Side>
    </>
  );
}
