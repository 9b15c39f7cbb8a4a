import { useState } from "react";
import { useSegments } from "@/hooks/useSaved";
import { Written } from "@/parts/condition/Written";
import { SegmentPicker } from "@/parts/pickers/SavedPickers";
import { useSay } from "@/words/say";
import classes from "./Form.module.css";

interface Props {
  label: string;
  value: string | null;
  onChange: (segment: string | null) => void;
}

/** A segment by its name, or as a condition on customers. */
export function SegmentInput({ label, value, onChange }: Props) {
  const say = useSay();
  const known = useSegments().data;
  const named = value === null || known === undefined || known.some((one) => one.name === value);
  const [asText, setAsText] = useState(!named);
  const writes = asText || !named;
  return (
    <div>
      <div className={classes.label}>
        <span>{label}</span>
        <button type="button" className={classes.link} onClick={() => setAsText(!writes)}>
          {say(writes ? "web.explore.pick_segment" : "web.explore.write_segment")}
        </button>
      </div>
      {writes ? (
        <Written value={value} onChange={onChange} placeholder={say("web.explore.segment_example")} />
      ) : (
        <SegmentPicker value={value} onChange={onChange} aria-label={label} />
      )}
    </div>
  );
}
