import { Autocomplete, Select, TextInput } from "@mantine/core";
import { useWorkspace } from "@/hooks/useWorkspace";
import { scaleName } from "@/parts/feelings";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";
import { constantOf, fed, type Mapping, withConstant } from "./mapping";
import { SCALES } from "./roles";

const ZONES = Intl.supportedValuesOf("timeZone");
const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "HKD", "JPY"];

/** What no column says and is the same for every row: the event's name, the scale, the currency, the time zone. */
export function SameForAll({
  mapping,
  onChange,
}: {
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const say = useSay();
  const own = useWorkspace().data?.zone;
  if (mapping.shape) return null;
  const set = (field: string) => (value: string | null) => onChange(withConstant(mapping, field, value));
  return (
    <div className={classes.same}>
      {!fed(mapping, "event") && (
        <TextInput
          label={say("web.upload.event_name")}
          value={constantOf(mapping, "event")}
          onChange={(event) => set("event")(event.currentTarget.value)}
        />
      )}
      {fed(mapping, "score") && !fed(mapping, "scale") && (
        <Select
          label={say("web.upload.scale")}
          data={SCALES.map((scale) => ({ value: scale, label: scaleName(say, scale) }))}
          value={constantOf(mapping, "scale") || null}
          onChange={set("scale")}
          clearable
        />
      )}
      {fed(mapping, "value") && !fed(mapping, "currency") && (
        <Autocomplete
          label={say("web.upload.currency")}
          data={CURRENCIES}
          value={constantOf(mapping, "currency")}
          onChange={set("currency")}
        />
      )}
      {fed(mapping, "time") && (
        <Select
          label={say("web.upload.zone")}
          data={[...new Set([own ?? "UTC", "UTC", ...ZONES])]}
          value={mapping.zone ?? "UTC"}
          onChange={(zone) => onChange({ ...mapping, zone: zone ?? "UTC" })}
          searchable
          allowDeselect={false}
          nothingFoundMessage={say("web.parts.nothing_found")}
        />
      )}
    </div>
  );
}
