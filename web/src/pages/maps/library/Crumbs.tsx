import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./Library.module.css";
import { useNesting } from "./useLibrary";

/** The maps above one, from the lifecycle down to the step that it tells in detail; nothing where it stands by itself. */
export function Crumbs({ id }: { id: string }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const found = useNesting(id);
  const crumbs = found.data?.crumbs ?? [];
  if (!crumbs.length) return null;
  return (
    <nav aria-label={say("web.maps.nesting.above")}>
      <ol className={classes.crumbs}>
        {crumbs.map((one) => (
          <li key={one.id}>
            <span className={classes.level}>L{one.level}</span>
            <Link to={`/w/${encodeURIComponent(ws)}/maps/${one.id}`}>{one.title}</Link>
            <span>
              {one.step} <span aria-hidden>›</span>
            </span>
          </li>
        ))}
        <li aria-current="page">
          <span className={classes.level}>L{found.data?.level}</span>
          {say("web.maps.nesting.this")}
        </li>
      </ol>
    </nav>
  );
}
