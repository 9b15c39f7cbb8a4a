import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import type { RefObject } from "react";
import type { Answer, Spec } from "@/api/types";
import { useExport } from "@/hooks/useAnswer";
import type { ChartHandle } from "@/parts/chart/Chart";
import { heightFor } from "@/parts/chart/heights";
import { download } from "@/parts/download";
import { useSay } from "@/words/say";

interface Props {
  analysis: string;
  spec: Spec;
  chart: RefObject<ChartHandle | null>;
  /** The answer whose picture is not shown: as cards or as a table, say. */
  answer: Answer | undefined;
}

const FILES = ["csv", "json", "python"] as const;
const PICTURES = ["png", "svg"] as const;

/** The answer as a file: its numbers, its picture, or the Python that asks the same. */
export function ExportMenu({ analysis, spec, chart, answer }: Props) {
  const say = useSay();
  const made = useExport(analysis, spec);
  const picture = async (kind: "png" | "svg") => {
    const blob = chart.current ? await chart.current.picture(kind) : await unseen(kind, answer);
    if (blob) download(`${analysis}.${kind}`, blob);
  };
  const drawn = chart.current !== null || Boolean(answer?.chart && answer.total);
  const file = (format: (typeof FILES)[number]) =>
    made.mutate(format, {
      onSuccess: ({ name, blob }) => download(name, blob),
      onError: (error) => notifications.show({ message: error.message, color: "red" }),
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />} loading={made.isPending}>
          {say("web.explore.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {!drawn && <Menu.Label>{say("web.explore.no_picture")}</Menu.Label>}
        {PICTURES.map((kind) => (
          <Menu.Item key={kind} onClick={() => picture(kind)} disabled={!drawn}>
            {say(`web.explore.as_${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {FILES.map((format) => (
          <Menu.Item key={format} onClick={() => file(format)}>
            {say(`web.explore.as_${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Pixels across of a picture that is not shown. */
const WIDE = 1000;

/** The picture of an answer that is shown otherwise. */
async function unseen(kind: "png" | "svg", answer: Answer | undefined): Promise<Blob | null> {
  if (!answer?.chart) return null;
  const { pictureOf } = await import("@/parts/chart/picture");
  return pictureOf(kind, answer.chart, WIDE, heightFor(answer.kind, answer.chart));
}
