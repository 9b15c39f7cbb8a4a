import { Popover, UnstyledButton } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck, IconTargetOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Fresh.module.css";
import type { LibraryMap } from "./useLibrary";

/** Whether a map's numbers can be relied on, as of when they were last looked at; which cannot, and why. */
export function Fresh({ map }: { map: LibraryMap }) {
  const say = useSay();
  const { stands } = map;
  if (!stands || stands.live + stands.stale === 0)
    return stands ? "—" : <small className={classes.when}>{say("web.maps.library.not_looked")}</small>;
  const when = (
    <small className={classes.when}>
      {say("web.maps.library.looked", { ago: ago(stands.looked, say.lang) })}
    </small>
  );
  if (stands.numbers.length === 0)
    return (
      <span className={classes.fresh}>
        <span className={classes.line}>
          <IconCircleCheck size={14} stroke={1.7} aria-hidden />
          {say("web.maps.library.all_fresh", { n: stands.live })}
        </span>
        {when}
      </span>
    );
  return (
    <Popover position="bottom-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.fresh} data-opens>
          {stands.stale > 0 && (
            <span className={classes.line} data-stale>
              <IconAlertCircle size={14} stroke={1.7} aria-hidden />
              {say("web.maps.library.stale", { n: stands.stale, all: stands.live })}
            </span>
          )}
          {stands.missed > 0 && (
            <span className={classes.line} data-stale>
              <IconTargetOff size={14} stroke={1.7} aria-hidden />
              {say("web.maps.library.missed", { n: stands.missed })}
            </span>
          )}
          {when}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.below}>
        <ul>
          {stands.numbers.map((one) => (
            <li key={`${one.title}/${one.kind}`}>
              <b>{one.title}</b>
              <span>{one.why}</span>
              {one.owner && <small>{say("web.maps.library.of_owner", { who: one.owner })}</small>}
            </li>
          ))}
        </ul>
        <Link to={`../${map.id}`}>{map.title}</Link>
      </Popover.Dropdown>
    </Popover>
  );
}
