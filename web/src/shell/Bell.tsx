import { ActionIcon, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useBellNew } from "@/hooks/useBell";
import { allWords } from "@/words";
import { useSay } from "@/words/say";
import classes from "./Bell.module.css";

// It comes when it is first called for, and so do its words.
const BellPanel = lazy(async () => (await Promise.all([import("./BellPanel"), allWords()]))[0]);

const MOST = 99;

/** A bell with the number of what is new to whoever is here; below it what that is. */
export default function Bell() {
  const say = useSay();
  const n = useBellNew().data?.new ?? 0;
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className={classes.bell}
          variant="subtle"
          color="gray"
          size={30}
          onClick={toggle}
          aria-label={say("web.shell.bell", { n })}
        >
          <IconBell size={18} stroke={1.7} />
          {n > 0 && <b>{n > MOST ? `${MOST}+` : n}</b>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.below}>
        <Suspense fallback={<div className={classes.loading} aria-busy />}>
          {opened && <BellPanel close={close} />}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
