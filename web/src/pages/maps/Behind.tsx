import { Skeleton } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import { Problem } from "@/parts/Problem";
import { Side } from "@/parts/Side";
import { useSay } from "@/words/say";
import { type Chosen, useBehind } from "./behind/useBehind";
import { AboutPart } from "./together/AboutPart";
import type { About } from "./together/panel";

export type { Chosen } from "./behind/useBehind";

const Told = lazy(() => import("./behind/Told").then((found) => ({ default: found.Told })));
const Who = lazy(() => import("./behind/Who").then((found) => ({ default: found.Who })));

/** What is behind a step, a cell or a number of the head: the number, its tiles, who they are, what it rests on. */
export function Behind({ id, chosen, onClose }: { id: string; chosen: Chosen | null; onClose: () => void }) {
  const say = useSay();
  const [title, setTitle] = useState("");
  return (
    <Side
      opened={chosen !== null}
      onClose={onClose}
      position="right"
      size={400}
      title={title || say("web.maps.picture")}
      closeButtonProps={{ "aria-label": say("web.do.close") }}
    >
      {chosen && <Chose key={`${chosen.step}/${chosen.lane}`} id={id} chosen={chosen} onTitle={setTitle} />}
      {chosen?.step && <AboutPart about={aboutOf(chosen)} />}
    </Side>
  );
}

/** What was chosen as a part that one can speak about. */
function aboutOf({ step, lane }: Chosen): About {
  return lane === undefined ? { part: "steps", key: step } : { part: "cells", key: `${lane}/${step}` };
}

interface Props {
  id: string;
  chosen: Chosen;
  onTitle: (title: string) => void;
}

function Chose({ id, chosen, onTitle }: Props) {
  const [at, setAt] = useState(chosen);
  const [whose, setWhose] = useState<Chosen | null>(null);
  const found = useBehind(id, at);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={360} />;
  return (
    <Suspense fallback={<Skeleton height={360} />}>
      <Titled title={found.data.title} onTitle={onTitle} />
      {whose ? (
        <Who id={id} chosen={whose} onBack={() => setWhose(null)} />
      ) : (
        <Told id={id} chosen={at} found={found.data} onChoose={setAt} onWho={setWhose} />
      )}
    </Suspense>
  );
}

/** Says how the drawer is called, once that is known. */
function Titled({ title, onTitle }: { title: string; onTitle: (title: string) => void }) {
  useEffect(() => onTitle(title), [title, onTitle]);
  return null;
}
