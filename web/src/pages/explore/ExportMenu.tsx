import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import type { RefObject } from "react";
import type { Spec } from "@/api/types";
import { useExport } from "@/hooks/useAnswer";
import type { ChartHandle } from "@/parts/chart/Chart";
import { download } from "@/parts/download";
import { useSay } from "@/words/say";

interface Props {
  analysis: string;
  spec: Spec;
  chart: RefObject<ChartHandle | null>;
}

const FILES = ["csv", "json", "python"] as const;
const PICTURES = ["png", "svg"] as const;

/** The answer as a file: its numbers, its picture, or the Python that asks the same. */
export function ExportMenu({ analysis, spec, chart }: Props) {
  const say = useSay();
  const made = useExport(analysis, spec);
  const picture = async (kind: "png" | "svg") => {
    const blob = await chart.current?.picture(kind);
    if (blob) download(`${analysis}.${kind}`, blob);
  };
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
        {PICTURES.map((kind) => (
          <Menu.Item key={kind} onClick={() => picture(kind)} disabled={!chart.current}>
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
