import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSparkles, IconTemplate } from "@tabler/icons-react";
import { Link, useSearchParams } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import { DrawMap } from "./DrawMap";
import { ImportMap } from "./exchange/ImportMap";
import { Gallery } from "./library/Gallery";
import { Library } from "./library/Library";
import library from "./library/Library.module.css";
import { Tabs } from "./library/Tabs";
import { useLibrary } from "./library/useLibrary";
import { NewMap } from "./NewMap";
import { useMaps } from "./useMaps";

/** The entrance: the maps there are, and the ways to another one. */
export function MapList() {
  const say = useSay();
  const found = useLibrary();
  const { may } = useRole();
  const maps = found.data?.maps ?? [];
  return (
    <Page
      title={say("web.shell.maps")}
      about={say("web.maps.about")}
      actions={maps.length > 0 && may("editor") && <Ways templates />}
    >
      <Tabs />
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data && maps.length === 0 && <Nothing />}
      {maps.length > 0 && <Library found={maps} />}
    </Page>
  );
}

/** How a map comes to be; templates have a page of their own, or stand right below. */
function Ways({ templates = false }: { templates?: boolean }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const [asked, ask] = useSearchParams();
  const [drawing, { open, close }] = useDisclosure(asked.has("draw"));
  const maps = useMaps();
  const end = () => {
    close();
    if (asked.has("draw")) ask({}, { replace: true });
  };
  return (
    <>
      <Button leftSection={<IconSparkles size={14} />} onClick={open}>
        {say("web.maps.draw")}
      </Button>
      {templates && (
        <Button
          variant="default"
          leftSection={<IconTemplate size={14} />}
          component={Link}
          to={`/w/${ws}/maps/templates`}
        >
          {say("web.maps.from_template")}
        </Button>
      )}
      <NewMap />
      <ImportMap />
      <DrawMap
        opened={drawing && maps.isSuccess}
        onClose={end}
        models={maps.data?.models ?? []}
        first={asked.get("draw")}
        called={asked.get("title")}
        asks={asked.get("asks")}
      />
    </>
  );
}

function Nothing() {
  const say = useSay();
  const { may } = useRole();
  return (
    <>
      <Empty title={say("web.maps.none")} why={say("web.maps.none_why")}>
        {may("editor") && <Ways />}
      </Empty>
      <h2 className={library.heading}>{say("web.maps.templates.title")}</h2>
      <p className={library.under}>{say("web.maps.templates.about")}</p>
      <Gallery />
    </>
  );
}
