/** How what stands in a shadow tree looks: its theme, its scheme, its styles. */

import { h, put } from "./dom.ts";

export interface Theme {
  accent?: string | null;
  /** A picture as `data:`. */
  logo?: string | null;
  look?: "auto" | "light" | "dark";
}

/** Tell elements the scheme of a theme, and again when the device's changes; what is answered ends that. */
export function look(theme: Theme, elements: readonly Element[]): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => {
    const scheme =
      theme.look === "light" || theme.look === "dark" ? theme.look : dark.matches ? "dark" : "light";
    for (const one of elements) put(one, "data-scheme", scheme);
  };
  tell();
  dark.addEventListener("change", tell);
  return () => dark.removeEventListener("change", tell);
}

/** Styles as an object, which the content security policy of no page forbids; as an element where there are none. */
export function dress(root: ShadowRoot, styles: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(h("style", {}, styles));
  }
}
