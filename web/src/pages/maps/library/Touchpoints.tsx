import { Anchor, Button, SegmentedControl, TextInput, UnstyledButton } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import maps from "../Maps.module.css";
import classes from "./Library.module.css";
import { Tabs } from "./Tabs";
import { NewTouchpoint, TouchpointForm } from "./TouchpointForm";
import { type LibraryTouchpoint, placeOf, type TouchpointChannel, useTouchpoints } from "./useTouchpoints";

const PLACES = ["all", "online", "offline"] as const;
type Place = (typeof PLACES)[number];

/** Where customers meet the company: one list for all maps, with what uses each. */
export function Touchpoints() {
  const say = useSay();
  const found = useTouchpoints();
  const { may } = useRole();
  const [place, setPlace] = useState<Place>("all");
  const [words, setWords] = useState("");
  const [open, setOpen] = useState<LibraryTouchpoint | "new" | null>(null);
  const all = found.data?.touchpoints ?? [];
  const channels = found.data?.channels ?? [];
  const shown = all.filter(
    (one) =>
      (place === "all" || placeOf(one, channels) === place) &&
      [one.name.zh, one.name.en, one.owner, one.department, ...one.systems]
        .join(" ")
        .toLocaleLowerCase()
        .includes(words.toLocaleLowerCase()),
  );
  const button = may("editor") && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setOpen("new")}>
      {say("web.maps.touchpoints.add")}
    </Button>
  );
  return (
    <Page
      title={say("web.shell.maps")}
      about={say("web.maps.touchpoints.about")}
      actions={all.length > 0 && button}
    >
      <Tabs />
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data && all.length === 0 && (
        <Empty title={say("web.maps.touchpoints.none")} why={say("web.maps.touchpoints.none_why")}>
          {button}
        </Empty>
      )}
      {all.length > 0 && (
        <>
          <div className={classes.filters}>
            <TextInput
              size="xs"
              aria-label={say("web.maps.touchpoints.search")}
              placeholder={say("web.maps.touchpoints.search")}
              leftSection={<IconSearch size={14} />}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <SegmentedControl
              size="xs"
              aria-label={say("web.maps.touchpoints.place")}
              value={place}
              onChange={(value) => setPlace(value as Place)}
              data={PLACES.map((value) => ({
                value,
                label: `${say(`web.maps.touchpoints.places.${value}`)} ${
                  all.filter((one) => value === "all" || placeOf(one, channels) === value).length
                }`,
              }))}
            />
            <Compared />
          </div>
          <Card flush>
            {shown.length ? (
              <Listing shown={shown} channels={channels} onOpen={setOpen} />
            ) : (
              <p className={classes.nothing}>{say("web.maps.touchpoints.none_fits")}</p>
            )}
          </Card>
        </>
      )}
      <Dialog
        opened={open !== null}
        onClose={() => setOpen(null)}
        size="lg"
        title={open === "new" || !open ? say("web.maps.touchpoints.add") : open.name[say.lang]}
      >
        {open === "new" && <NewTouchpoint onDone={() => setOpen(null)} />}
        {open && open !== "new" && (
          <TouchpointForm touchpoint={open} channels={channels} onDone={() => setOpen(null)} />
        )}
      </Dialog>
    </Page>
  );
}

function Compared() {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  return (
    <Anchor component={Link} size="xs" className={classes.beside} to={`/w/${ws}/explore/scores?by=online`}>
      {say("web.maps.touchpoints.compare")}
    </Anchor>
  );
}

interface Shown {
  shown: LibraryTouchpoint[];
  channels: TouchpointChannel[];
  onOpen: (one: LibraryTouchpoint) => void;
}

function Listing({ shown, channels, onOpen }: Shown) {
  const say = useSay();
  const { may } = useRole();
  const named = new Map(channels.map((one) => [one.key, one.name]));
  return (
    <Rows
      label={say("web.maps.touchpoints.title")}
      heads={[
        { key: "name", title: say("web.maps.touchpoints.touchpoint") },
        { key: "channels", title: say("web.maps.touchpoints.channels"), extra: true },
        { key: "owner", title: say("web.maps.owner"), extra: true },
        { key: "systems", title: say("web.maps.touchpoints.systems"), extra: true },
        { key: "uses", title: say("web.maps.touchpoints.uses") },
      ]}
      rows={shown.map((one) => {
        const place = placeOf(one, channels);
        return {
          key: one.id,
          cells: [
            <div key="name">
              {may("editor") ? (
                <UnstyledButton className={maps.named} onClick={() => onOpen(one)}>
                  {one.name[say.lang]}
                </UnstyledButton>
              ) : (
                <b>{one.name[say.lang]}</b>
              )}
              <small className={classes.small}>
                {[place && say(`web.maps.touchpoints.places.${place}`), one.location?.[say.lang]]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </div>,
            <span key="channels" className={maps.chips}>
              {one.channels.length
                ? one.channels.map((key) => <Chip key={key}>{named.get(key) ?? key}</Chip>)
                : "—"}
            </span>,
            one.department ?? "—",
            one.systems.join(say.lang === "zh" ? "、" : ", ") || "—",
            <Uses key="uses" touchpoint={one} />,
          ],
        };
      })}
    />
  );
}

function Uses({ touchpoint }: { touchpoint: LibraryTouchpoint }) {
  const say = useSay();
  const { uses, stages } = touchpoint;
  if (!uses.length && !stages) return <>—</>;
  return (
    <details className={classes.uses}>
      <summary>
        {say("web.maps.touchpoints.used", { maps: new Set(uses.map((one) => one.map)).size, stages })}
      </summary>
      <ul>
        {uses.map((one) => (
          <li key={`${one.map}/${one.step}`}>
            <Link to={`../${one.map}`}>{one.title}</Link> · {one.step}
          </li>
        ))}
      </ul>
    </details>
  );
}
