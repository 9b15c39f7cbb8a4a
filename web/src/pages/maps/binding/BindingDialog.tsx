import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import { NumberForm } from "./NumberForm";
import type { Place } from "./place";
import { RuleForm } from "./RuleForm";
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

/** What a place of the map is shown with: a number, or of a step the event that shows it. */
export function BindingDialog({ id, place, now, asked, onClose }: Props) {
  const say = useSay();
  const [what, setWhat] = useState("number");
  return (
    <Dialog opened onClose={onClose} title={say("web.maps.binding.show_with")} size="lg">
      <div className={dialog.form}>
        {place.step && !asked && (
          <SegmentedControl
            aria-label={say("web.maps.binding.what")}
            value={what}
            onChange={setWhat}
            data={[
              { value: "number", label: say("web.maps.binding.number") },
              { value: "event", label: say("web.maps.binding.event") },
            ]}
          />
        )}
        {what === "event" && place.step ? (
          <RuleForm id={id} step={place.step} onDone={onClose} />
        ) : (
          <NumberForm id={id} place={place} now={now} asked={asked} onDone={onClose} />
        )}
      </div>
    </Dialog>
  );
}
