import { useDisclosure, useWindowEvent } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { writing } from "./useGoKeys";

// It comes when it is first called for.
const KeysList = lazy(() => import("./KeysList"));

/** The list of keys, which `?` opens. */
export function KeysHelp() {
  const [shown, { toggle, close }] = useDisclosure();
  // By what is written, not by which key: it is not the same on every keyboard.
  useWindowEvent("keydown", (event) => {
    if (event.key === "?" && !writing(event.target)) toggle();
  });
  return <Suspense>{shown && <KeysList shown={shown} close={close} />}</Suspense>;
}
