import { useModels, useSegments } from "@/hooks/useSaved";
import { RangePicker } from "@/parts/pickers/RangePicker";
import { ModelPicker, SegmentPicker } from "@/parts/pickers/SavedPickers";
import { useSay } from "@/words/say";
import type { Overview } from "./types";
import { type Asked, useAllDays } from "./useOverview";

interface Props {
  asked: Asked;
  shown: Overview | undefined;
  onAsk: (next: Partial<Asked>) => void;
}

/** When, who, and whose stages. */
export function Asking({ asked, shown, onAsk }: Props) {
  const say = useSay();
  const all = useAllDays();
  const segments = useSegments().data ?? [];
  const models = useModels().data ?? [];
  const now = shown?.period?.now;
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
          value={asked.model ?? shown?.model?.key ?? null}
          onChange={(model) => onAsk({ model })}
          clearable={false}
          aria-label={say("web.overview.model")}
        />
      )}
    </>
  );
}
