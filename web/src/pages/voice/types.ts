import type { Of } from "@/api/schemas";

type Each<T> = T extends (infer One)[] | undefined ? One : never;

export type Voice = Of<"Voice">;
export type Scale = Each<Voice["scales"]>;
export type Score = Scale["score"];
export type Place = Each<Voice["places"]>;
export type Drivers = Of<"Drivers">;
export type Driver = Each<Drivers["rows"]>;
export type After = Of<"After">;
export type Followed = Each<After["outcomes"]>;
export type Themes = Of<"Themes">;
export type Theme = Each<Themes["rows"]>;
export type Said = Theme["quotes"][number] & Partial<Each<Of<"VoiceQuotes">["quotes"]>>;
export type Share = Driver["importance"];
