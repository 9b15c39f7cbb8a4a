import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useSay } from "@/words/say";

/** Takes a text to the clipboard, and says that it did. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const say = useSay();
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      onClick={() => clipboard.copy(text)}
    >
      <span aria-live="polite">
        {clipboard.copied ? say("web.do.copied") : (label ?? say("web.do.copy"))}
      </span>
    </Button>
  );
}
