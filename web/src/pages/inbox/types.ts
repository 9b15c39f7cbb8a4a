import type { Of } from "@/api/schemas";

type Each<T> = T extends (infer One)[] | undefined ? One : never;

export type Inbox = Of<"Inbox">;
export type Said = Each<Inbox["said"]>;
export type Facet = Each<Inbox["facets"]>;
export type SaidWhy = Of<"SaidWhy">;
export type Reading = SaidWhy["reading"];
export type Neighbour = Each<SaidWhy["before"]>;
