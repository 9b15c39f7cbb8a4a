import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import classes from "./Workshop.module.css";

interface Props {
  /** What it is that is voted on. */
  name: string;
  mine: number;
  left: number;
  put: (dots: number) => void;
  /** It stands in the grid, where keys put dots: the key Tab goes past it. */
  inGrid?: boolean;
}

/** One's own dots on something: one more, or one less. */
export function Dots({ name, mine, left, put, inGrid = false }: Props) {
  const say = useSay();
  return (
    <span className={classes.dots} data-dots>
      <button
        type="button"
        tabIndex={inGrid ? -1 : undefined}
        aria-label={say("web.maps.workshop.dot_off", { name })}
        disabled={mine === 0}
        onClick={() => put(mine - 1)}
      >
        <IconMinus size={12} aria-hidden />
      </button>
      <span role="img" aria-label={say("web.maps.workshop.dots_of", { n: mine })}>
        {Array.from({ length: mine }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots are all alike
          <i key={at} />
        ))}
      </span>
      <button
        type="button"
        tabIndex={inGrid ? -1 : undefined}
        aria-label={say("web.maps.workshop.dot_on", { name })}
        disabled={left === 0}
        onClick={() => put(mine + 1)}
      >
        <IconPlus size={12} aria-hidden />
      </button>
    </span>
  );
}
