import { NavLink } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "./Nav.module.css";
import { PLACES } from "./places";

/** The pages of the workspace. */
export function Nav({ onGo }: { onGo?: () => void }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  return (
    <nav className={classes.nav} aria-label={say("web.shell.pages")}>
      <div className={classes.brand}>
        {say("web.shell.brand")}
        <small>{say("web.shell.brand_more")}</small>
      </div>
      {PLACES.map(({ head, places }) => (
        <div key={head ?? "first"}>
          {head && <div className={classes.head}>{say(head)}</div>}
          <ul className={classes.list}>
            {places.map(({ path, word, icon: Icon }) => (
              <li key={path}>
                <NavLink
                  to={`/w/${ws}/${path}`}
                  onClick={onGo}
                  className={({ isActive }) => `${classes.link} ${isActive ? classes.on : ""}`}
                >
                  <Icon size={16} stroke={1.7} />
                  {say(word)}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
