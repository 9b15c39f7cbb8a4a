import { Button, Popover, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useState } from "react";
import type { Sides, Stretch } from "@/hooks/useComparison";
import { RangePicker } from "@/parts/pickers/RangePicker";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";
import { SegmentInput } from "./form/SegmentInput";

interface Props {
  sides: Sides | null;
  onCompare: (sides: Sides | null) => void;
}

const ALWAYS: Stretch = { since: null, until: null };

/** Asks the same of two segments, or of two stretches of time. */
export function CompareMenu({ sides, onCompare }: Props) {
  const say = useSay();
  const [open, { toggle, close }] = useDisclosure();
  const [by, setBy] = useState<Sides["by"]>(sides?.by ?? "segments");
  const [segments, setSegments] = useState<[string | null, string | null]>(
    sides?.by === "segments" ? [sides.a, sides.b] : [null, null],
  );
  const [periods, setPeriods] = useState<[Stretch, Stretch]>(
    sides?.by === "periods" ? [sides.a, sides.b] : [ALWAYS, ALWAYS],
  );
  const [first, second] = segments;
  const chosen: Sides | null =
    by === "periods"
      ? { by, a: periods[0], b: periods[1] }
      : first && second
        ? { by, a: first, b: second }
        : null;
  const done = (next: Sides | null) => {
    onCompare(next);
    close();
  };
  return (
    <Popover opened={open} onChange={close} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={sides ? "light" : "default"}
          leftSection={<IconArrowsDiff size={14} />}
          onClick={toggle}
          aria-expanded={open}
        >
          {say("web.explore.compare")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.compare} aria-label={say("web.explore.compare")}>
        <SegmentedControl
          fullWidth
          value={by}
          onChange={(value) => setBy(value as Sides["by"])}
          data={[
            { value: "segments", label: say("web.explore.by_segments") },
            { value: "periods", label: say("web.explore.by_periods") },
          ]}
        />
        {by === "segments" ? (
          <>
            <SegmentInput
              label={say("web.explore.side_a")}
              value={first}
              onChange={(a) => setSegments([a, second])}
            />
            <SegmentInput
              label={say("web.explore.side_b")}
              value={second}
              onChange={(b) => setSegments([first, b])}
            />
          </>
        ) : (
          <>
            <RangePicker value={periods[0]} onChange={(a) => setPeriods([a, periods[1]])} />
            <RangePicker value={periods[1]} onChange={(b) => setPeriods([periods[0], b])} />
          </>
        )}
        <div className={classes.decide}>
          {sides && (
            <Button variant="default" onClick={() => done(null)}>
              {say("web.explore.compare_end")}
            </Button>
          )}
          <Button disabled={!chosen} onClick={() => done(chosen)}>
            {say("web.explore.compare")}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
