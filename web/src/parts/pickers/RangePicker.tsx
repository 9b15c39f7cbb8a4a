import { Button, Menu } from "@mantine/core";
import { IconCalendar, IconChevronDown } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useWorkspace } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import { between, dayOf, days, lastDays, type Range } from "./range";

const Calendar = lazy(() => import("./Calendar"));
const SPANS = [7, 30, 90, 365] as const;

/** Picks a stretch of time: the last so many days of the data, or from one day to another. */
export function RangePicker({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const say = useSay();
  const workspace = useWorkspace().data;
  const [open, setOpen] = useState(false);
  const zone = workspace?.zone || "UTC";
  const last = workspace?.last ? dayOf(workspace.last, zone) : null;
  const [from, to] = days(value, zone);
  const same = (range: Range) => range.since === value.since && range.until === value.until;
  const span = last && SPANS.find((one) => same(lastDays(last, one, zone)));
  const spelt = from === to ? from : `${from ?? "…"} – ${to ?? "…"}`;
  const shown = span ? say("web.pick.last_days", { n: span }) : (spelt ?? say("web.pick.all_time"));
  const choose = (range: Range) => {
    onChange(range);
    setOpen(false);
  };
  return (
    <Menu opened={open} onChange={setOpen} closeOnItemClick={false}>
      <Menu.Target>
        <Button
          variant="default"
          fw={400}
          justify="flex-start"
          styles={{ label: { flex: 1 } }}
          leftSection={<IconCalendar size={14} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose({ since: null, until: null })}>{say("web.pick.all_time")}</Menu.Item>
        {last &&
          SPANS.map((one) => (
            <Menu.Item key={one} onClick={() => choose(lastDays(last, one, zone))}>
              {say("web.pick.last_days", { n: one })}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Suspense fallback={<div style={{ height: 280, width: 260 }} />}>
          <Calendar
            from={from}
            to={to}
            shown={last}
            onPick={(first, end) => choose(between(first, end, zone))}
          />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}
