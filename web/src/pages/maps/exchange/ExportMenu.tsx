import { Button, Menu } from "@mantine/core";
import {
  IconBraces,
  IconChevronLeft,
  IconDownload,
  IconFileText,
  IconFileTypePdf,
  IconPhoto,
  IconPresentation,
  IconTable,
  IconVectorBezier,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ComponentType, useState } from "react";
import { fetched, get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { download } from "@/parts/download";
import { refused, told } from "@/parts/notice";
import { useSay } from "@/words/say";
import { useAsBlueprint } from "../blueprint/Switch";
import { usePerspective } from "../perspective";
import { lookOf, type View } from "../view";
import classes from "./Exchange.module.css";

const FORMATS = [
  ["slide", IconPresentation],
  ["pptx", IconPresentation],
  ["pdf", IconFileTypePdf],
  ["png", IconPhoto],
  ["svg", IconVectorBezier],
  ["xlsx", IconTable],
  ["csv", IconTable],
  ["cards", IconTable],
  ["md", IconFileText],
  ["mermaid", IconFileText],
  ["flowchart", IconFileText],
  ["cjml", IconBraces],
  ["json", IconBraces],
] as const satisfies readonly (readonly [string, ComponentType<{ size?: number }>])[];

/** The first of a map's slides alone: the one that shows everything, where nobody made other frames. */
const SLIDE = "slide";
const NONE = { frames: [] as Of<"MapFrames">["frames"] };
const PAPERS = ["16_9", "A4", "A3", "A2", "A1", "A0", "tiled"] as const;
type Named = (typeof FORMATS)[number][0] | (typeof PAPERS)[number];

/** What a map can be taken along as: what each is good for, and for a PDF the paper. */
export function ExportMenu({ id, view }: { id: string; view: View }) {
  const say = useSay();
  const [papers, setPapers] = useState(false);
  const { mutate, isPending } = useExport(id, view);
  return (
    <Menu position="bottom-end" width={310} closeOnItemClick={false} onClose={() => setPapers(false)}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />} loading={isPending}>
          {say("web.maps.export.name")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {papers ? (
          <>
            <Menu.Item leftSection={<IconChevronLeft size={16} />} onClick={() => setPapers(false)}>
              {say("web.maps.export.paper")}
            </Menu.Item>
            {PAPERS.map((paper) => (
              <Menu.Item
                key={paper}
                closeMenuOnClick
                onClick={() => mutate({ format: "pdf", paper: paper.replace("_", ":") })}
              >
                <Format name={paper} />
              </Menu.Item>
            ))}
          </>
        ) : (
          FORMATS.map(([format, Icon]) => (
            <Menu.Item
              key={format}
              leftSection={<Icon size={16} />}
              closeMenuOnClick={format !== "pdf"}
              onClick={() => (format === "pdf" ? setPapers(true) : mutate({ format }))}
            >
              <Format name={format} />
            </Menu.Item>
          ))
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Format({ name }: { name: Named }) {
  const say = useSay();
  return (
    <>
      {say(`web.maps.export.formats.${name}.name`)}
      <span className={classes.about}>{say(`web.maps.export.formats.${name}.about`)}</span>
    </>
  );
}

/** Fetches the map as it is looked at, and hands it to the reader with what must be known of it. */
function useExport(id: string, view: View) {
  const say = useSay();
  const ws = useWorkspaceName();
  const [whose] = usePerspective();
  const [blueprint] = useAsBlueprint();
  return useMutation({
    mutationFn: async (asked: { format: string; paper?: string }) => {
      const lang = view.lang ?? say.lang;
      const slide = asked.format === SLIDE;
      const { frames } = slide ? await get<Of<"MapFrames">>(of(ws, "maps", id, "frames"), { lang }) : NONE;
      return fetched(of(ws, "maps", id, "export"), {
        ...lookOf(view, whose.who),
        ...whose,
        ...asked,
        ...(slide && { format: "pptx", frame: frames[0]?.key }),
        lang,
        blueprint: blueprint || undefined,
      });
    },
    onSuccess: ({ name, blob, notes }) => {
      download(name, blob);
      if (notes) told(notes);
    },
    onError: refused,
  });
}
