import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import classes from "./SubNav.module.css";

export interface Section {
  /** Its address below the page's. */
  path: string;
  title: string;
  /** A number that waits to be looked at. */
  count?: number;
}

/** The sections of a page; each has an address of its own. */
export function SubNav({ label, base, sections }: { label: string; base: string; sections: Section[] }) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section may be out of sight where there is little room
  useEffect(() => {
    const here = nav.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (here && nav.current)
      nav.current.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - nav.current.clientWidth / 2;
  }, [pathname]);
  return (
    <nav ref={nav} className={classes.nav} aria-label={label}>
      {sections.map(({ path, title, count }) => (
        <NavLink
          key={path}
          to={`${base}/${path}`}
          className={({ isActive }) => `${classes.link} ${isActive ? classes.on : ""}`}
        >
          {title}
          {Boolean(count) && <span className={classes.count}>{count?.toLocaleString("en-US")}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
