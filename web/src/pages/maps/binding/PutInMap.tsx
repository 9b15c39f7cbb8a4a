import { NativeSelect, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { Spec } from "@/api/types";
import { useWorkspace, useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { told } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { MapDocument } from "../document";
import { useMap, useMaps } from "../useMaps";
import classes from "./Binding.module.css";
import { NumberForm } from "./NumberForm";
import { forMap, OF_TIME, spanOf } from "./question";

interface Props {
  analysis: string;
  spec: Spec;
  /** What people call the question. */
  title: string;
  onClose: () => void;
}

/** Puts a question into a map: which map, where in it, and as which number; then the map answers it itself. */
export default function PutInMap({ analysis, spec, title, onClose }: Props) {
  const say = useSay();
  const ws = useWorkspaceName();
  const maps = useMaps();
  const [chosen, setChosen] = useState<string>();
  const list = maps.data?.maps ?? [];
  const id = chosen ?? list[0]?.id;
  return (
    <Dialog opened onClose={onClose} title={say("web.maps.put.title")} size="lg">
      <div className={dialog.form}>
        {maps.error && <Problem error={maps.error} retry={() => maps.refetch()} />}
        {maps.isPending && <Skeleton height={260} />}
        {maps.data && !id && (
          <p className={dialog.about}>
            {say("web.maps.put.none")}{" "}
            <Link to={`/w/${encodeURIComponent(ws)}/maps/library`}>{say("web.shell.maps")}</Link>
          </p>
        )}
        {list.length > 1 && (
          <NativeSelect
            label={say("web.maps.put.map")}
            value={id}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={list.map((one) => ({ value: one.id, label: one.title }))}
          />
        )}
        {id && <Placed key={id} id={id} analysis={analysis} spec={spec} title={title} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function Placed({ id, analysis, spec, title, onClose }: Props & { id: string }) {
  const say = useSay();
  const map = useMap(id);
  const zone = useWorkspace().data?.zone || "UTC";
  const [step, setStep] = useState("");
  const [lane, setLane] = useState("");
  if (map.error) return <Problem error={map.error} retry={() => map.refetch()} />;
  if (!map.data) return <Skeleton height={260} />;
  const { steps = [], lanes = [] } = map.data.document as unknown as MapDocument;
  const { asked, left } = forMap(spec);
  const question = {
    key: "asked",
    group: "boards",
    group_name: say("web.maps.put.asked"),
    title,
    analysis,
    spec: asked,
    value: null,
    n: null,
  } as const;
  const done = () => {
    onClose();
    told(say("web.maps.put.done", { map: map.data.title }));
  };
  return (
    <>
      <div className={classes.pair}>
        <NativeSelect
          label={say("web.maps.put.step")}
          value={step}
          onChange={(event) => setStep(event.currentTarget.value)}
          data={[
            { value: "", label: say("web.maps.put.every_step") },
            ...steps.map((one) => ({ value: one.key, label: one.name[say.lang] })),
          ]}
        />
        <NativeSelect
          label={say("web.maps.put.lane")}
          value={lane}
          onChange={(event) => setLane(event.currentTarget.value)}
          data={[
            { value: "", label: say("web.maps.put.no_lane") },
            ...lanes.map((one) => ({ value: one.key, label: one.label[say.lang] })),
          ]}
        />
      </div>
      {left.some((name) => !OF_TIME.includes(name)) && (
        <p className={dialog.about}>{say("web.maps.put.left")}</p>
      )}
      <p className={dialog.about}>
        {say("web.maps.put.counts", { when: spanOf(spec, zone) || say("web.maps.put.all_time") })}
      </p>
      <NumberForm
        key={`${step}/${lane}`}
        id={id}
        place={{ step: step || undefined, lane: lane || undefined }}
        asked={question}
        onDone={done}
      />
    </>
  );
}
