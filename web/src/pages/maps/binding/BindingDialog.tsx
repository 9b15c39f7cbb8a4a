import { NativeSelect, SegmentedControl, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { MapDocument, Step } from "../editor/document";
import { useMap } from "../useMaps";
import { NumberForm } from "./NumberForm";
import type { Place } from "./place";
import { RuleForm } from "./RuleForm";
import { anyShown, type Rule, useShowable, WAYS, type Way, wayOf } from "./showing";
import type { Shown } from "./useBinding";

interface Props {
  id: string;
  place: Place;
  /** The key of the binding that is to be another. */
  now?: string;
  /** A question that was asked elsewhere. */
  asked?: Shown;
  onClose: () => void;
}

/** What a place of the map is shown with: a number, or of a step what shows it. */
export function BindingDialog(props: Props) {
  const say = useSay();
  const map = useMap(props.id).data?.document as unknown as MapDocument | undefined;
  const has = useShowable(props.id);
  return (
    <Dialog opened onClose={props.onClose} title={say("web.maps.binding.show_with")} size="lg">
      <div className={dialog.form}>
        {has.error ? (
          <Problem error={has.error} />
        ) : !map || has.pending ? (
          <Skeleton height={260} />
        ) : has.ways.length === 0 ? (
          <NoData />
        ) : anyShown({ steps: map.steps ?? [] }) || props.now || props.asked ? (
          <Chosen {...props} has={has} steps={map.steps ?? []} />
        ) : (
          <First {...props} has={has} steps={map.steps ?? []} />
        )}
      </div>
    </Dialog>
  );
}

type Inside = Props & { has: ReturnType<typeof useShowable>; steps: Step[] };

/** A number, or of a step what shows it: that comes first where nothing does yet. */
function Chosen({ id, place, now, asked, onClose, has, steps }: Inside) {
  const say = useSay();
  const step = steps.find((one) => one.key === place.step);
  const own = wayOf((step?.entry ?? []) as Rule[], has.questions);
  const ways = WAYS.filter((one) => one === own || has.ways.includes(one));
  const bare = step && !place.lane && !now && !anyShown({ steps: [step] });
  const [what, setWhat] = useState<Way | "number">((bare ? ways[0] : null) ?? "number");
  return (
    <>
      {place.step && !asked && (
        <SegmentedControl
          aria-label={say("web.maps.binding.what")}
          value={what}
          onChange={(value) => setWhat(value as Way | "number")}
          data={["number" as const, ...ways].map((value) => ({
            value,
            label: say(`web.maps.binding.${value}`),
          }))}
        />
      )}
      {what !== "number" && place.step ? (
        <RuleForm key={what} id={id} step={place.step} way={what} has={has} onDone={onClose} />
      ) : (
        <NumberForm id={id} place={place} now={now} asked={asked} onDone={onClose} />
      )}
    </>
  );
}

/** Nothing shows any step: what can, at once, whatever place was asked about. */
function First({ id, place, onClose, has, steps }: Inside) {
  const say = useSay();
  const [step, setStep] = useState(place.step ?? steps[0]?.key ?? "");
  const [way, setWay] = useState<Way>(has.ways[0] ?? "event");
  return (
    <>
      <p className={dialog.about}>{say("web.maps.binding.first")}</p>
      {!place.step && (
        <NativeSelect
          label={say("web.maps.put.step")}
          value={step}
          onChange={(event) => setStep(event.currentTarget.value)}
          data={steps.map((one) => ({ value: one.key, label: one.name[say.lang] }))}
        />
      )}
      {has.ways.length > 1 && (
        <SegmentedControl
          aria-label={say("web.maps.binding.what")}
          value={way}
          onChange={(value) => setWay(value as Way)}
          data={has.ways.map((value) => ({ value, label: say(`web.maps.binding.${value}`) }))}
        />
      )}
      <RuleForm key={`${step}/${way}`} id={id} step={step} way={way} has={has} onDone={onClose} />
    </>
  );
}

/** There is nothing that could show anything: where data come from, and what needs none. */
function NoData() {
  const say = useSay();
  const ws = useWorkspaceName();
  return (
    <p className={dialog.about}>
      {say("web.maps.binding.no_data")}{" "}
      <Link to={`/w/${encodeURIComponent(ws)}/start`}>{say("web.maps.binding.no_data_go")}</Link>
    </p>
  );
}
