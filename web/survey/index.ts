/**
 * The form that surveys are filled in with: of itself, without a framework. The page of a survey, the script for
 * websites and the preview in the app all draw it from here.
 */

export type * from "./definition.ts";
export { type Mounted, type MountOptions, mount, type Theme } from "./form/mount.ts";
export { holds } from "./logic/conditions.ts";
export { evaluate, sheet } from "./logic/evaluate.ts";
export { shuffled } from "./logic/order.ts";
export { open } from "./served/open.ts";
export { page } from "./served/page.ts";
export { Service } from "./served/service.ts";
