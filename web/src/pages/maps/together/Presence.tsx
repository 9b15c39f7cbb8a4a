import { Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import { Face } from "./Face";
import face from "./Face.module.css";
import { follow, useFollowed } from "./following";
import classes from "./Presence.module.css";
import { usePresence } from "./useTogether";

const SHOWN = 4;

/** Who else has the map open: nothing where one is alone. Whoever is pressed is followed: one sees what they see. */
export function Presence({ id }: { id: string }) {
  const say = useSay();
  const people = usePresence(id);
  const followed = useFollowed(id);
  if (people.length < 2) return null;
  const leader = people.find((one) => one.id === followed);
  const names = people.map((one) => (one.you ? say("web.maps.together.you", { name: one.name }) : one.name));
  return (
    <div className={classes.here}>
      {leader && (
        <button type="button" className={classes.following} onClick={() => follow(id, null)}>
          {say("web.maps.together.following", { name: leader.name })}
          <IconX size={12} aria-label={say("web.maps.together.unfollow")} />
        </button>
      )}
      <ul className={classes.faces} aria-label={say("web.maps.together.here", { n: people.length })}>
        {people.slice(0, SHOWN).map((one, place) => (
          <li key={one.id}>
            <Tooltip
              label={
                one.you
                  ? names[place]
                  : one.id === followed
                    ? say("web.maps.together.unfollow")
                    : say("web.maps.together.follow", { name: one.name })
              }
              withArrow
            >
              {one.you ? (
                <span>
                  <Face id={one.id} name={one.name} />
                </span>
              ) : (
                <button
                  type="button"
                  aria-pressed={one.id === followed}
                  onClick={() => follow(id, one.id === followed ? null : one.id)}
                >
                  <Face id={one.id} name={one.name} />
                </button>
              )}
            </Tooltip>
          </li>
        ))}
        {people.length > SHOWN && (
          <li>
            <Tooltip label={names.slice(SHOWN).join(say("web.maps.together.and"))} withArrow>
              <span className={`${face.face} ${classes.more}`}>+{people.length - SHOWN}</span>
            </Tooltip>
          </li>
        )}
      </ul>
    </div>
  );
}
