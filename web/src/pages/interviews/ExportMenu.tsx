import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import { type Asked, useExportAddress } from "./useInterviews";

const FORMATS = ["csv", "json", "markdown"] as const;

/** The highlights that are shown, as a file. */
export function ExportMenu({ asked }: { asked: Asked }) {
  const say = useSay();
  const address = useExportAddress();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          {say("web.interviews.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} component="a" href={address(format, asked)} download>
            {say(`web.interviews.as_${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
