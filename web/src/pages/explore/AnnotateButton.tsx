import { ActionIcon, Button, Popover, TextInput, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFlag } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useAnnotate } from "@/hooks/useAnnotations";
import { useWorkspace } from "@/hooks/useWorkspace";
import { Problem } from "@/parts/Problem";
import { dayOf, startOf } from "@/parts/pickers/range";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";

/** Writes beside a day what happened then; every picture over time shows it. */
export function AnnotateButton() {
  const say = useSay();
  const workspace = useWorkspace().data;
  const zone = workspace?.zone || "UTC";
  const annotate = useAnnotate();
  const [open, { toggle, close }] = useDisclosure();
  const [day, setDay] = useState("");
  const [text, setText] = useState("");
  const when = day || (workspace?.last ? dayOf(workspace.last, zone) : "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    annotate.mutate(
      { time: startOf(when, zone), text: text.trim() },
      {
        onSuccess: () => {
          setText("");
          close();
        },
      },
    );
  };
  return (
    <Popover opened={open} onChange={close} position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={say("web.explore.annotate")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={toggle}
            aria-expanded={open}
            aria-label={say("web.explore.annotate")}
          >
            <IconFlag size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={say("web.explore.annotate")}>
        <form onSubmit={submit} className={classes.naming}>
          <TextInput
            type="date"
            required
            label={say("web.explore.annotate_day")}
            value={when}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <TextInput
            data-autofocus
            required
            maxLength={500}
            label={say("web.explore.annotate_text")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {annotate.isError && <Problem error={annotate.error} />}
          <div className={classes.decide}>
            <Button type="submit" loading={annotate.isPending} disabled={!text.trim()}>
              {say("web.explore.annotate_do")}
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
