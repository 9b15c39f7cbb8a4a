import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useSay } from "@/words/say";

/** Every zone with what the reader's language calls its clock, so that "中国" finds Asia/Shanghai. */
function zones(lang: "zh" | "en"): { value: string; label: string }[] {
  const now = new Date();
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((one) => one !== "UTC")].map((zone) => {
    const parts = new Intl.DateTimeFormat(lang, { timeZone: zone, timeZoneName: "longGeneric" });
    const called = parts.formatToParts(now).find((part) => part.type === "timeZoneName")?.value;
    return { value: zone, label: called && zone !== "UTC" ? `${zone} · ${called}` : zone };
  });
}

/** Picks a time zone. */
export function ZonePicker({
  label,
  help,
  value,
  none,
  disabled,
  onChange,
}: {
  label: string;
  help?: string;
  value: string;
  /** What choosing none is called, where one may. */
  none?: string;
  disabled?: boolean;
  onChange: (zone: string) => void;
}) {
  const say = useSay();
  const known = useMemo(() => zones(say.lang), [say.lang]);
  return (
    <Select
      label={label}
      description={help}
      searchable
      allowDeselect={false}
      disabled={disabled}
      value={value}
      onChange={(next) => onChange(next ?? "")}
      data={none === undefined ? known : [{ value: "", label: none }, ...known]}
      limit={80}
      nothingFoundMessage={say("web.parts.nothing_found")}
    />
  );
}
