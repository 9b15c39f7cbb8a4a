import { Menu, Select, TextInput, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconCornerDownRight, IconSearch } from "@tabler/icons-react";
import { Link } from "react-router";
import { useAddress } from "@/hooks/useAddress";
import { useRole } from "@/hooks/useRole";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { type Head, Rows } from "@/parts/Rows";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import maps from "../Maps.module.css";
import { Fresh } from "./Fresh";
import { fits, stalest } from "./fits";
import classes from "./Library.module.css";
import { type LibraryMap, useLibraryActions } from "./useLibrary";

const STATUSES = ["draft", "in_research", "live", "archived"] as const;

/** The maps there are: those within others below them, found by words, state, owner and tag. */
export function Library({ found }: { found: LibraryMap[] }) {
  const say = useSay();
  const [asked, ask] = useAddress();
  const set = (name: string, value: string | null) => ask({ [name]: value });
  const wanted = {
    words: asked.get("search") ?? "",
    status: asked.get("status"),
    owner: asked.get("owner"),
    tag: asked.get("tag"),
  };
  const byFresh = asked.get("sort") === "fresh";
  const fit = found.filter((one) => fits(one, wanted));
  const shown = byFresh ? stalest(fit) : fit;
  const owners = [...new Set(found.map((one) => one.owner).filter((one) => one !== null))].sort();
  const tags = [...new Set(found.flatMap((one) => one.tags))].sort();
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          size="xs"
          aria-label={say("web.maps.library.search")}
          placeholder={say("web.maps.library.search")}
          leftSection={<IconSearch size={14} />}
          value={wanted.words}
          onChange={(event) => set("search", event.currentTarget.value)}
        />
        <Select
          size="xs"
          clearable
          aria-label={say("web.maps.status")}
          placeholder={say("web.maps.status")}
          value={wanted.status}
          data={STATUSES.map((value) => ({ value, label: say(`web.maps.statuses.${value}`) }))}
          onChange={(value) => set("status", value)}
        />
        {owners.length > 0 && (
          <Select
            size="xs"
            clearable
            aria-label={say("web.maps.owner")}
            placeholder={say("web.maps.owner")}
            value={wanted.owner}
            data={owners}
            onChange={(value) => set("owner", value)}
          />
        )}
        {tags.length > 0 && (
          <Select
            size="xs"
            clearable
            aria-label={say("web.maps.library.tag")}
            placeholder={say("web.maps.library.tag")}
            value={wanted.tag}
            data={tags}
            onChange={(value) => set("tag", value)}
          />
        )}
      </div>
      <Card flush>
        {shown.length ? (
          <Listing
            shown={shown}
            flat={byFresh}
            sort={{
              sorted: byFresh ? "descending" : "none",
              onSort: () => set("sort", byFresh ? null : "fresh"),
            }}
          />
        ) : (
          <p className={classes.nothing}>{say("web.maps.library.none_fits")}</p>
        )}
      </Card>
    </>
  );
}

function Listing({
  shown,
  flat,
  sort,
}: {
  shown: LibraryMap[];
  flat: boolean;
  sort: Pick<Head, "sorted" | "onSort">;
}) {
  const say = useSay();
  return (
    <Rows
      label={say("web.shell.maps")}
      heads={[
        { key: "title", title: say("web.maps.map") },
        { key: "status", title: say("web.maps.status") },
        { key: "fresh", title: say("web.maps.library.fresh"), ...sort },
        { key: "owner", title: say("web.maps.owner"), extra: true },
        { key: "steps", title: say("web.maps.steps"), number: true, extra: true },
        { key: "edited", title: say("web.maps.edited"), extra: true },
      ]}
      rows={shown.map((one) => ({
        key: one.id,
        quiet: one.status === "archived",
        cells: [
          <Named key="title" map={one} level={flat ? 0 : one.level} />,
          <Status key="status" map={one} />,
          <Fresh key="fresh" map={one} />,
          one.owner ?? "—",
          whole(one.steps),
          say("web.maps.library.edited", { ago: ago(one.edited, say.lang), by: one.by }),
        ],
      }))}
    />
  );
}

/** A map by its title, as far in as it stands within others, with the step that it tells in detail. */
function Named({ map, level }: { map: LibraryMap; level: number }) {
  const say = useSay();
  const tags = map.tags.filter((tag) => tag !== "template");
  return (
    <div className={classes.named} style={{ paddingInlineStart: `min(${level * 22}px, ${level * 3}vw)` }}>
      {level > 0 && <IconCornerDownRight size={14} aria-hidden />}
      <div>
        <Link className={maps.named} to={`../${map.id}`}>
          {map.title}
        </Link>
        {map.step && <small>{say("web.maps.library.tells", { step: map.step })}</small>}
        {!map.step && tags.length > 0 && <small>{tags.join(" · ")}</small>}
      </div>
    </div>
  );
}

/** How far a map is; who may edit it says so here. */
function Status({ map }: { map: LibraryMap }) {
  const say = useSay();
  const { may } = useRole();
  const { describe } = useLibraryActions();
  const chip = (
    <Chip tone={map.status === "live" ? "good" : "plain"}>{say(`web.maps.statuses.${map.status}`)}</Chip>
  );
  return (
    <span className={maps.chips}>
      <Chip>{say(`web.maps.states.${map.state}`)}</Chip>
      {may("editor") ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <UnstyledButton
              className={classes.status}
              aria-label={say("web.maps.library.change_status", {
                title: map.title,
                status: say(`web.maps.statuses.${map.status}`),
              })}
            >
              {chip}
              <IconChevronDown size={12} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {STATUSES.map((status) => (
              <Menu.Item
                key={status}
                disabled={status === map.status}
                onClick={() => describe.mutate({ id: map.id, fields: { status } })}
              >
                {say(`web.maps.statuses.${status}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        chip
      )}
      {describe.error && <Problem error={describe.error} />}
    </span>
  );
}
