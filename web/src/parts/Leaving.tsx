import { useEffect } from "react";
import { useBlocker } from "react-router";
import { useSay } from "@/words/say";
import { Confirm } from "./Confirm";

/** Asks before what was not saved is lost: by another page of the app, or by the browser. */
export function Leaving({ unsaved, within }: { unsaved: boolean; within: string }) {
  const say = useSay();
  const blocker = useBlocker(
    ({ nextLocation: { pathname } }) => unsaved && pathname !== within && !pathname.startsWith(`${within}/`),
  );
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);
  return (
    <Confirm
      opened={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      title={say("web.do.leave_sure")}
      verb={say("web.do.leave")}
      onConfirm={() => blocker.proceed?.()}
    >
      {say("web.do.leave_what")}
    </Confirm>
  );
}
