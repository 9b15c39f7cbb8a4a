import type { components } from "@/client/schema";

type Schemas = components["schemas"];

export type Overview = Schemas["Overview"];
export type Figure = Schemas["Figure"];
export type Stage = Overview["stages"] extends (infer One)[] | undefined ? One : never;
export type Matter = Schemas["Matter"];
export type Change = NonNullable<Figure["change"]>;
export type Arrivals = { last_second: number; last_minute: number; by: Arriving[] };
type Arriving = { source: string | null; event: string; last_minute: number };
