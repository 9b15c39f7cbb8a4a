import "@mantine/dates/styles.css";
import { DatePicker, DatesProvider } from "@mantine/dates";
import "dayjs/locale/zh-cn";
import { useState } from "react";
import { useSay } from "@/words/say";

interface Props {
  from: string | null;
  to: string | null;
  /** The day whose month is shown first. */
  shown: string | null;
  onPick: (from: string, to: string) => void;
}

/** A calendar in which a first and a last day are picked. */
export default function Calendar({ from, to, shown, onPick }: Props) {
  const { lang } = useSay();
  const [picked, setPicked] = useState<[string | null, string | null]>([from, to]);
  const pick = ([first, last]: [string | null, string | null]) => {
    setPicked([first, last]);
    if (first && last) onPick(first, last);
  };
  return (
    <DatesProvider settings={{ locale: lang === "zh" ? "zh-cn" : "en", firstDayOfWeek: 1, weekendDays: [] }}>
      <DatePicker
        type="range"
        size="xs"
        p={4}
        allowSingleDateInRange
        monthLabelFormat={lang === "zh" ? "YYYY年M月" : "MMMM YYYY"}
        value={picked}
        defaultDate={to ?? shown ?? undefined}
        onChange={pick}
      />
    </DatesProvider>
  );
}
