import { type Asked, useAllDays } from "@/hooks/useAsked";
import { useModels, useSegments } from "@/hooks/useSaved";
import { useSay } from "@/words/say";
import { RangePicker } from "./pickers/RangePicker";
import { ModelPicker, SegmentPicker } from "./pickers/SavedPickers";

interface Props {
  asked: Asked;
  /** The period that is shown. */
  now: { since: string; until: string } | undefined;
  /** The model that it is read through. */
  model: string | null | undefined;
  onAsk: (next: Partial<Asked>) => void;
}

/** When, who, and whose stages. */
export function Asking({ asked, now, model, onAsk }: Props) {
  const say = useSay();
  const all = useAllDays();
  const segments = useSegments().data ?? [];
  const models = useModels().data ?? [];
  const value = {
    since: asked.since ?? now?.since.replace("+00:00", "Z") ?? null,
    until: asked.until ?? now?.until.replace("+00:00", "Z") ?? null,
  };
  return (
    <>
      <RangePicker
        value={value}
        onChange={(range) => onAsk(range.since || range.until ? range : (all ?? range))}
      />
      {(segments.length > 0 || asked.segment) && (
        <SegmentPicker
          value={asked.segment}
          onChange={(segment) => onAsk({ segment })}
          placeholder={say("web.overview.everybody")}
          aria-label={say("web.overview.segment")}
        />
      )}
      {(models.length > 1 || asked.model) && (
        <ModelPicker
          value={asked.model ?? model ?? null}
          onChange={(chosen) => onAsk({ model: chosen })}
          clearable={false}
          aria-label={say("web.overview.model")}
        />
      )}
    </>
  );
}
