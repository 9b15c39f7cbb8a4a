import { Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, Suspense } from "react";
import { Side } from "@/parts/Side";
import { useSay } from "@/words/say";
import classes from "./Opens.module.css";

interface Props {
  /** What stands on the button: an icon, a figure. */
  told: ReactNode;
  title: string;
  /** What is behind it; gets what closes it. */
  children: (close: () => void) => ReactNode;
}

/** A small button over a map that says a figure, and opens at the side what is behind it. */
export function Opens({ told, title, children }: Props) {
  const say = useSay();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <button type="button" className={classes.open} onClick={open}>
        {told}
      </button>
      <Side
        opened={opened}
        onClose={close}
        position="right"
        size={400}
        title={title}
        closeButtonProps={{ "aria-label": say("web.do.close") }}
      >
        <Suspense fallback={<Skeleton height={240} />}>{children(close)}</Suspense>
      </Side>
    </>
  );
}
