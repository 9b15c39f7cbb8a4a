import { memo } from "react";
import { type Paragraph, type Piece, paragraphs } from "./markdown";
import classes from "./Rich.module.css";

/** A card's text with what is bold, italic, a link or a list in it. */
export const Rich = memo(function Rich({ text }: { text: string }) {
  return (
    <div className={classes.rich}>
      {paragraphs(text).map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name than their place
        <Line key={place} of={one} />
      ))}
    </div>
  );
});

function Line({ of }: { of: Paragraph }) {
  return (
    <p className={of.item ? classes.item : undefined}>
      {of.item && <span>{of.item}</span>}
      <span>
        {of.pieces.map((piece, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: so do the pieces of a line
          <Part key={place} of={piece} />
        ))}
      </span>
    </p>
  );
}

function Part({ of: { text, bold, italic, href } }: { of: Piece }) {
  if (href) {
    return (
      <a href={href} target="_blank" rel="noreferrer" tabIndex={-1}>
        {text}
      </a>
    );
  }
  if (bold) return <strong>{text}</strong>;
  return italic ? <em>{text}</em> : text;
}
