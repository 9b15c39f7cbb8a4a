import type { ReactNode } from "react";
import { useSay } from "@/words/say";
import { BackTo } from "./BackTo";
import classes from "./Page.module.css";
import { Unbroken } from "./Unbroken";

interface Props {
  title: string;
  /** A line under the title. */
  about?: ReactNode;
  /** Where one came from: its address in the workspace, and what it is called. */
  back?: { to: string; label: string };
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Fills the window, without the shell around it. */
  alone?: boolean;
  /** The page lays itself out to the edges; the title is then its own affair. */
  bare?: boolean;
  children: ReactNode;
}

/** One page: its title (in the window's too), what may be done on it, and what it shows. */
export function Page({ title, about, back, actions, alone = false, bare = false, children }: Props) {
  const say = useSay();
  const window = `${title} · ${say("web.shell.brand")}`;
  if (bare) {
    return (
      <>
        <title>{window}</title>
        {children}
      </>
    );
  }
  return (
    <div className={alone ? classes.alone : classes.page}>
      <title>{window}</title>
      {!alone && (
        <div className={classes.head}>
          <div className={classes.said}>
            <div className={classes.title}>
              {back && <BackTo {...back} />}
              <h1>{title}</h1>
            </div>
            {about && (
              <p className={classes.about}>{typeof about === "string" ? <Unbroken text={about} /> : about}</p>
            )}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </div>
  );
}
