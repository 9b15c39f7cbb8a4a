import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlugConnected } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useSay } from "@/words/say";
import type { Place } from "./place";

const Dialog = lazy(() => import("./BindingDialog").then((found) => ({ default: found.BindingDialog })));

interface Props {
  id: string;
  place: Place;
  /** The binding that is to be another; none: a new one. */
  now?: string;
}

/** "Show with…": binds a lane, a cell, a step or the head of the map to a question, or a step to an event. */
export function ShowWith({ id, place, now }: Props) {
  const say = useSay();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconPlugConnected size={14} />} onClick={open}>
        {say("web.maps.binding.show_with")}
      </Button>
      {opened && <ShowWithDialog id={id} place={place} now={now} onClose={close} />}
    </>
  );
}

/** What the button opens, by itself: for menus. It is loaded when somebody opens it. */
export function ShowWithDialog(props: Props & { onClose: () => void }) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}
