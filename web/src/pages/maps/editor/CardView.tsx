import { IconArrowRight, IconBulb, IconDots, IconLock, IconPaperclip } from "@tabler/icons-react";
import { memo } from "react";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import { Dots } from "../workshop/Dots";
import { useVotingOn } from "../workshop/voting";
import workshop from "../workshop/Workshop.module.css";
import classes from "./Card.module.css";
import { useDepartment, useSystem } from "./called";
import type { Card } from "./document";
import { unmarked } from "./markdown";
import { Rich } from "./Rich";

const TONES: Record<string, string | undefined> = {
  pain: classes.pain,
  gain: classes.gain,
  insight: classes.found,
  opportunity: classes.found,
  idea: classes.found,
  action: classes.found,
  need: classes.need,
  quote: classes.quote,
  standard: classes.standard,
};

interface Props {
  id: string;
  card: Card;
  assumed: boolean;
  active: boolean;
  links: number;
  /** Who else types in it now. */
  lockedBy: string | undefined;
}

/** A card, as it stands in its cell. */
export const CardView = memo(function CardView({ id, card, assumed, active, links, lockedBy }: Props) {
  const say = useSay();
  const ws = useWorkspaceName();
  const text = card.text?.[say.lang] ?? "";
  const kind = card.kind ?? "text";
  const tone = assumed && kind !== "quote" ? undefined : TONES[kind];
  const owner = useDepartment(card.owner);
  const system = useSystem(card.system);
  const below = [owner, card.person, system].filter(Boolean).join(" · ");
  const voting = useVotingOn(card);
  const name = unmarked(text) || card.alt?.[say.lang] || say("web.maps.card.empty");
  return (
    <article
      data-card={card.key}
      className={[
        classes.card,
        tone,
        assumed && classes.assumed,
        active && classes.active,
        lockedBy && classes.locked,
      ]
        .filter(Boolean)
        .join(" ")}
    >
      {lockedBy && (
        <div className={classes.who}>
          <IconLock size={11} aria-hidden />
          {say("web.maps.card.typing", { who: lockedBy })}
        </div>
      )}
      {kind !== "text" && kind !== "image" && (
        <div className={classes.kind}>{say.known(`web.maps.kinds.${kind}`, kind)}</div>
      )}
      {card.image && (
        <img
          className={classes.image}
          src={of(ws, "maps", id, "images", card.image)}
          alt={card.alt?.[say.lang] ?? ""}
          loading="lazy"
          decoding="async"
          draggable={false}
        />
      )}
      {text ? (
        <Rich text={text} />
      ) : (
        !card.image && <span className={classes.empty}>{say("web.maps.card.empty")}</span>
      )}
      {below && <div className={classes.below}>{below}</div>}
      <div className={classes.foot}>
        {card.marks?.map((mark) => (
          <abbr key={mark} title={say.known(`web.maps.marks.${mark}`, mark)} className={classes.mark}>
            {mark[0]?.toUpperCase()}
          </abbr>
        ))}
        {card.latent && (
          <span className={classes.sign}>
            <IconBulb size={12} aria-hidden />
            {say("web.maps.card.latent")}
          </span>
        )}
        {links > 0 && (
          <span className={classes.sign}>
            <IconArrowRight size={12} aria-hidden />
            {say("web.maps.card.links", { n: links })}
          </span>
        )}
        {card.evidence && card.evidence.length > 0 && (
          <span className={classes.sign}>
            <IconPaperclip size={12} aria-hidden />
            {say("web.maps.card.evidence", { n: card.evidence.length })}
          </span>
        )}
        {assumed && (
          <span className={classes.sign}>
            {say(card.latent ? "web.maps.registers.hypothesis" : "web.maps.card.assumption")}
          </span>
        )}
        {voting.mine !== null && (
          <Dots name={name.slice(0, 60)} mine={voting.mine} left={voting.left} put={voting.put} inGrid />
        )}
        {voting.got !== undefined && (
          <span className={workshop.result}>
            <i aria-hidden />
            {say("web.maps.workshop.dots_n", { n: voting.got })}
          </span>
        )}
      </div>
      <button
        type="button"
        className={classes.more}
        data-menu
        tabIndex={-1}
        aria-label={say("web.do.more_of", { name: name.slice(0, 40) })}
      >
        <IconDots size={14} aria-hidden />
      </button>
      <span className={classes.grip} data-grip aria-hidden />
      <span className={classes.link} data-link aria-hidden title={say("web.maps.edit.drag_link")} />
    </article>
  );
});
