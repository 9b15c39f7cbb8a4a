import { IconCloudOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./Unsent.module.css";
import { waitingOf } from "./unsent";

/** Says on a map's page that edits of it wait in this browser: the editor sends them. */
export function WaitingHere({ id }: { id: string }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const me = useSession().data?.person?.id ?? "";
  const n = waitingOf(ws, id, me);
  if (n === 0) return null;
  return (
    <div role="status" className={classes.unsent}>
      <IconCloudOff size={16} aria-hidden />
      <span>
        <b>{say("web.maps.edit.waiting_here", { n })}</b>{" "}
        <Link to="edit">{say("web.maps.edit.waiting_send")}</Link>
      </span>
    </div>
  );
}
