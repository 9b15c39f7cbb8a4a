import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./Start.module.css";

/** Back to the question. */
export function Back() {
  const say = useSay();
  const ws = useWorkspaceName();
  return (
    <Link to={`/w/${encodeURIComponent(ws)}/start`} className={classes.back}>
      <IconArrowLeft size={14} />
      {say("web.start.back")}
    </Link>
  );
}
