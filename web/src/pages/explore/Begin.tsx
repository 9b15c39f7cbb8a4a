import { Button } from "@mantine/core";
import type { AnalysisForm, FormField, Json } from "@/api/types";
import { useEvents } from "@/hooks/useEvents";
import { useSegments } from "@/hooks/useSaved";
import { Empty } from "@/parts/Empty";
import { useSay } from "@/words/say";

interface Props {
  form: AnalysisForm;
  field: FormField;
  onStart: (value: Json) => void;
}

const OFFERED = 6;

/** What a question still needs, with what there is to begin with. */
export function Begin({ form, field, onStart }: Props) {
  const say = useSay();
  const events = useEvents().data ?? [];
  const segments = useSegments().data ?? [];
  const asksEvents = field.kind === "steps" || field.kind === "event";
  const offered = asksEvents ? events : field.kind === "segment" ? segments : [];
  const value = (name: string): Json => (field.many ? [name] : name);
  const why = say(asksEvents ? "web.explore.begin_event" : "web.explore.begin_other", { name: field.title });
  return (
    <Empty title={form.what} why={why}>
      {offered.slice(0, OFFERED).map((one) => (
        <Button key={one.name} variant="default" size="xs" onClick={() => onStart(value(one.name))}>
          {one.title ?? one.name}
        </Button>
      ))}
    </Empty>
  );
}
