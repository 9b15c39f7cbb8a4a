/** Puts a form into a page, in a shadow tree of its own: neither the page's styles nor its scripts get in its way. */

import css from "../styles/index.css?inline";
import { h, put } from "./dom.ts";
import { Form, type FormOptions } from "./form.ts";
import { themeOf } from "./theme.ts";

export interface Theme {
  accent?: string | null;
  /** A picture as `data:`. */
  logo?: string | null;
  look?: "auto" | "light" | "dark";
}

export interface MountOptions extends FormOptions {
  theme?: Theme;
  /** A page of its own, or within another: there nothing is around it. */
  frame?: "page" | "inline" | "popover";
}

export interface Mounted {
  form: Form;
  /** Take it out of the page. */
  end: () => void;
}

export function mount(host: HTMLElement, options: MountOptions): Mounted {
  const { theme = {}, frame = "inline" } = options;
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const form = new Form(options);
  const outer = h("div", { class: `lvtu ${frame}` });
  if (theme.logo) outer.append(h("img", { class: "logo", src: theme.logo, alt: "" }));
  outer.append(form.element);
  for (const [name, value] of Object.entries(themeOf(theme.accent))) outer.style.setProperty(name, value);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const look = () => {
    const scheme =
      theme.look === "light" || theme.look === "dark" ? theme.look : dark.matches ? "dark" : "light";
    put(outer, "data-scheme", scheme);
    put(host, "data-scheme", scheme);
  };
  look();
  dark.addEventListener("change", look);
  root.replaceChildren(outer);
  dress(root);
  return {
    form,
    end: () => {
      dark.removeEventListener("change", look);
      root.replaceChildren();
    },
  };
}

/** Styles as an object, which the content security policy of no page forbids; as an element where there are none. */
export function dress(root: ShadowRoot, styles: string = css): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(h("style", {}, styles));
  }
}
