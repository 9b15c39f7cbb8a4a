import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Confirm } from "@/parts/Confirm";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import { Behind, type Chosen } from "./Behind";
import classes from "./Maps.module.css";
import { Picture } from "./Picture";
import { useMap, useMapActions, usePicture, type View } from "./useMaps";

const TYPES = ["linear", "stage"] as const;
const STYLES = ["timeline", "chart"] as const;

/** One map: as a picture that answers, in the arrangement and the style that one likes. */
export function MapPage() {
  const say = useSay();
  const { id = "" } = useParams();
  const found = useMap(id);
  const [view, setView] = useView();
  const picture = usePicture(id, view);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const error = found.error ?? picture.error;
  return (
    <Page
      title={found.data?.title ?? say("web.shell.maps")}
      back={{ to: "maps", label: say("web.shell.maps") }}
      actions={found.data && <Actions id={id} view={view} edits={found.data.edits} />}
    >
      <div className={classes.views}>
        <SegmentedControl
          aria-label={say("web.maps.type")}
          value={view.type}
          data={TYPES.map((value) => ({ value, label: say(`web.maps.types.${value}`) }))}
          onChange={(type) => setView({ ...view, type })}
        />
        <SegmentedControl
          aria-label={say("web.maps.style")}
          value={view.style}
          data={STYLES.map((value) => ({ value, label: say(`web.maps.styles.${value}`) }))}
          onChange={(style) => setView({ ...view, style })}
        />
      </div>
      {error && <Problem error={error} retry={() => picture.refetch()} />}
      {picture.isPending && !error && <Skeleton height={560} radius={12} />}
      {picture.data && !error && (
        <Stale when={picture.isPlaceholderData}>
          <Picture svg={picture.data} onChoose={setChosen} />
        </Stale>
      )}
      <Behind id={id} chosen={chosen} onClose={() => setChosen(null)} />
    </Page>
  );
}

/** Type and style, as the address holds them: whoever is sent it sees the same. */
function useView(): [View, (view: View) => void] {
  const [search, setSearch] = useSearchParams();
  const view = { type: search.get("type") ?? TYPES[0], style: search.get("style") ?? STYLES[0] };
  return [view, (next) => setSearch({ ...next }, { replace: true })];
}

function Actions({ id, view, edits }: { id: string; view: View; edits: boolean }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const dark = useDark();
  const go = useNavigate();
  const { remove } = useMapActions();
  const [asking, setAsking] = useState(false);
  const query = new URLSearchParams({ ...view, lang: say.lang, ...(dark ? { dark: "1" } : {}) });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={14} />}
        component="a"
        href={`${of(ws, "maps", id, "picture")}?${query}`}
        download="map.svg"
      >
        {say("web.maps.download")}
      </Button>
      {edits && (
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
          {say("web.do.remove")}
        </Button>
      )}
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={say("web.maps.remove")}
        verb={say("web.do.remove")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(id, { onSuccess: () => go("..", { relative: "path" }) })}
      >
        {say("web.maps.remove_why")}
      </Confirm>
    </>
  );
}
