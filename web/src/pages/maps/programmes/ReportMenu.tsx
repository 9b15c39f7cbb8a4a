import { Button, Menu } from "@mantine/core";
import {
  IconDownload,
  IconFileText,
  IconFileTypeDocx,
  IconFileTypePdf,
  IconPresentation,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { fetched, of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { download } from "@/parts/download";
import { refused, told } from "@/parts/notice";
import { useSay } from "@/words/say";
import type { ProjectOf } from "./useProgrammes";

const FORMATS = [
  ["pptx", IconPresentation],
  ["pdf", IconFileTypePdf],
  ["docx", IconFileTypeDocx],
  ["md", IconFileText],
] as const;

/** The report of a project, as what it is to be read or worked on with. */
export function ReportMenu({ project }: { project: ProjectOf }) {
  const say = useSay();
  const { mutate, isPending } = useReport(project);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />} loading={isPending}>
          {say("web.maps.programmes.report")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(([format, Icon]) => (
          <Menu.Item key={format} leftSection={<Icon size={16} />} onClick={() => mutate(format)}>
            {say(`web.maps.programmes.reports.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useReport(project: ProjectOf) {
  const { lang } = useSay();
  const ws = useWorkspaceName();
  return useMutation({
    mutationFn: (format: string) => fetched(of(ws, "programmes", project.id, "report"), { format, lang }),
    onSuccess: ({ name, blob, notes }) => {
      download(name, blob);
      if (notes) told(notes);
    },
    onError: refused,
  });
}
