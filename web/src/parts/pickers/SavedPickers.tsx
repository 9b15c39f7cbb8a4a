import { Select } from "@mantine/core";
import type { Named } from "@/api/types";
import { useInWords } from "@/hooks/useParse";
import { useMetrics, useModels, useSegments } from "@/hooks/useSaved";
import type { Key } from "@/words/key";
import { useSay } from "@/words/say";
import { useWrong } from "../wrong";

interface Props {
  value: string | null;
  onChange: (name: string | null) => void;
  label?: string;
  description?: string;
  placeholder?: string;
  clearable?: boolean;
  "aria-label"?: string;
}

/** Picks a segment by name; one that is a condition is said in words. */
export function SegmentPicker(props: Props) {
  return <NamePicker {...props} known={useSegments().data} hint="web.pick.segment" conditions />;
}

/** Picks a metric of the catalogue. */
export function MetricPicker(props: Props) {
  return <NamePicker {...props} known={useMetrics().data} hint="web.pick.metric" />;
}

/** Picks a journey model. */
export function ModelPicker(props: Props) {
  return <NamePicker {...props} known={useModels().data} hint="web.pick.model" />;
}

function NamePicker({
  known = [],
  hint,
  conditions = false,
  value,
  placeholder,
  clearable = true,
  ...rest
}: Props & { known: Named[] | undefined; hint: Key; conditions?: boolean }) {
  const say = useSay();
  const data = known.map(({ name, title }) => ({ value: name, label: title }));
  const unknown = value !== null && !known.some(({ name }) => name === value);
  const inWords = useInWords(unknown && conditions ? [value] : []);
  const own = unknown ? [{ value, label: inWords(value) }] : [];
  return (
    <Select
      {...rest}
      error={useWrong(value)}
      data={[...own, ...data]}
      value={value}
      searchable
      clearable={clearable}
      placeholder={placeholder ?? say(hint)}
      nothingFoundMessage={say("web.parts.nothing_found")}
    />
  );
}
