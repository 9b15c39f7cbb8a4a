import type { components } from "@/client/schema";

export type Line = components["schemas"]["Timeline"];
export type Happened = components["schemas"]["Happened"];
export type Lane = components["schemas"]["Lane"];
