/** Puts a form into a page, in a shadow tree of its own: neither the page's styles nor its scripts get in its way. */

import css from "../styles/index.css?inline";
import type { FormOptions } from "./contract.ts";
import { h } from "./dom.ts";
import { dress, look, type Theme } from "./dress.ts";
import { Form } from "./form.ts";
import { themeOf } from "./theme.ts";

export type { Theme } from "./dress.ts";

export interface MountOptions extends FormOptions {
  theme?: Theme;
  /** A page of its own, on a device for everybody too, or within another: there nothing is around it. */
  frame?: "page" | "kiosk" | "inline" | "popover";
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
  const outer = h("div", { class: `lvtu ${frame === "kiosk" ? "page kiosk" : frame}` });
  if (theme.logo) outer.append(h("img", { class: "logo", src: theme.logo, alt: "" }));
  outer.append(form.element);
  for (const [name, value] of Object.entries(themeOf(theme.accent))) outer.style.setProperty(name, value);
  const end = look(theme, [outer, host]);
  root.replaceChildren(outer);
  dress(root, css);
  return {
    form,
    end: () => {
      end();
      root.replaceChildren();
    },
  };
}
