import { Button, Checkbox, Popover, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown, IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useRole } from "@/hooks/useRole";
import { useSegments } from "@/hooks/useSaved";
import { LaterConditionBuilder } from "@/parts/condition/LaterConditionBuilder";
import { whole } from "@/parts/numbers";
import { RangePicker } from "@/parts/pickers/RangePicker";
import { SegmentPicker } from "@/parts/pickers/SavedPickers";
import { useSay } from "@/words/say";
import classes from "./Inbox.module.css";
import type { Facet } from "./types";
import type { useFilters } from "./useInbox";

const WAIT = 200;
const ORDERS = ["newest", "oldest", "worst", "best"] as const;

/** What is shown: words in it, by what it is, when it was said, and by whom. */
export function Filters({ filters, facets }: { filters: ReturnType<typeof useFilters>; facets: Facet[] }) {
  const say = useSay();
  const { may } = useRole();
  const segments = useSegments().data ?? [];
  const [typed, setTyped] = useState(filters.one("search") ?? "");
  const [search] = useDebouncedValue(typed.trim(), WAIT);
  const set = useRef(filters.set);
  set.current = filters.set;
  const held = filters.one("search") ?? "";
  useEffect(() => {
    if (search !== held) set.current("search", search ? [search] : []);
  }, [search, held]);
  const range = { since: filters.one("since"), until: filters.one("until") };
  return (
    <div className={classes.filters}>
      <TextInput
        size="xs"
        aria-label={say("web.inbox.search")}
        placeholder={say("web.inbox.search")}
        leftSection={<IconSearch size={14} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        className={classes.search}
      />
      {facets.map((facet) => (
        <FacetMenu
          key={facet.name}
          facet={facet}
          chosen={filters.many(facet.name)}
          onChange={(values) => filters.set(facet.name, values)}
        />
      ))}
      <RangePicker
        value={range}
        onChange={({ since, until }) => {
          filters.set("since", since ? [since] : []);
          filters.set("until", until ? [until] : []);
        }}
      />
      {(segments.length > 0 || filters.one("segment")) && (
        <SegmentPicker
          value={filters.one("segment")}
          onChange={(segment) => filters.set("segment", segment ? [segment] : [])}
          placeholder={say("web.overview.everybody")}
          aria-label={say("web.overview.segment")}
        />
      )}
      <Select
        size="xs"
        w={118}
        aria-label={say("web.inbox.order")}
        value={filters.one("order") ?? "newest"}
        onChange={(order) => filters.set("order", order && order !== "newest" ? [order] : [])}
        data={ORDERS.map((order) => ({ value: order, label: say(`web.inbox.order_${order}`) }))}
        allowDeselect={false}
      />
      {may("analyst") && (
        <Popover position="bottom-start" width={360} trapFocus returnFocus>
          <Popover.Target>
            <Button variant={filters.one("where") ? "light" : "default"} size="xs">
              {say("web.inbox.where")}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={say("web.inbox.where")}>
            <LaterConditionBuilder
              value={filters.one("where")}
              counts={false}
              onChange={(where) => filters.set("where", where ? [where] : [])}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

/** The values of one filter, with how many texts each would leave. */
function FacetMenu({
  facet,
  chosen,
  onChange,
}: {
  facet: Facet;
  chosen: string[];
  onChange: (values: string[]) => void;
}) {
  const say = useSay();
  const { name, title, choices } = facet;
  const alone = name === "answered";
  return (
    <Popover position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={chosen.length ? "light" : "default"}
          size="xs"
          rightSection={<IconChevronDown size={12} />}
        >
          {chosen.length ? say("web.inbox.chosen", { what: title, n: chosen.length }) : title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title} className={classes.facet}>
        {choices.map(({ value, title: said, texts }) => {
          const key = value ?? "";
          const on = chosen.includes(key);
          return (
            <div key={key} className={classes.choice}>
              <Checkbox
                size="xs"
                checked={on}
                label={said}
                onChange={() =>
                  onChange(on ? chosen.filter((one) => one !== key) : alone ? [key] : [...chosen, key])
                }
              />
              <span>{whole(texts)}</span>
            </div>
          );
        })}
      </Popover.Dropdown>
    </Popover>
  );
}
