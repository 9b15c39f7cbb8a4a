import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSparkles } from "@tabler/icons-react";
import { Link } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { whole } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import { DrawMap } from "./DrawMap";
import classes from "./Maps.module.css";
import { type MapRow, useMaps } from "./useMaps";

/** Every map, the one that was edited last first. */
export function MapList() {
  const say = useSay();
  const ws = useWorkspaceName();
  const found = useMaps();
  const { may } = useRole();
  const [drawing, { open, close }] = useDisclosure();
  const models = found.data?.models ?? [];
  const button = may("editor") && models.length > 0 && (
    <Button leftSection={<IconSparkles size={14} />} onClick={open}>
      {say("web.maps.draw")}
    </Button>
  );
  const maps = found.data?.maps ?? [];
  return (
    <Page title={say("web.shell.maps")} about={say("web.maps.about")} actions={maps.length ? button : null}>
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data && maps.length === 0 && models.length > 0 && (
        <Empty title={say("web.maps.none")} why={say("web.maps.none_why")}>
          {button}
        </Empty>
      )}
      {found.data && maps.length === 0 && models.length === 0 && (
        <Empty title={say("web.maps.none")} why={say("web.maps.no_model_why")}>
          <Button component={Link} to={`/w/${encodeURIComponent(ws)}/settings/models`}>
            {say("web.maps.choose_model")}
          </Button>
        </Empty>
      )}
      {maps.length > 0 && (
        <Card flush>
          <Listing maps={maps} />
        </Card>
      )}
      <DrawMap opened={drawing} onClose={close} models={models} />
    </Page>
  );
}

function Listing({ maps }: { maps: MapRow[] }) {
  const say = useSay();
  return (
    <Rows
      label={say("web.shell.maps")}
      heads={[
        { key: "title", title: say("web.maps.map") },
        { key: "status", title: say("web.maps.status") },
        { key: "stages", title: say("web.maps.stages"), number: true, extra: true },
        { key: "steps", title: say("web.maps.steps"), number: true, extra: true },
        { key: "owner", title: say("web.maps.owner"), extra: true },
        { key: "edited", title: say("web.maps.edited"), extra: true },
      ]}
      rows={maps.map((one) => ({
        key: one.id,
        cells: [
          <Link key="title" className={classes.named} to={one.id}>
            {one.title}
          </Link>,
          <span key="status" className={classes.chips}>
            <Chip>{say(`web.maps.states.${one.state}`)}</Chip>
            <Chip tone={one.status === "live" ? "good" : "plain"}>
              {say(`web.maps.statuses.${one.status}`)}
            </Chip>
          </span>,
          whole(one.stages),
          whole(one.steps),
          one.owner ?? "—",
          ago(one.edited, say.lang),
        ],
      }))}
    />
  );
}
