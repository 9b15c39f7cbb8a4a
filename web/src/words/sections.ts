/** The sections of the shared words that the app speaks with; what the service words itself stays there. */
export const SECTIONS = ["web", "values"] as const;

/** The parts of `web` that only some pages say: they are loaded with the first of these pages. */
export const LATER: readonly string[] = [
  "bell",
  "boards",
  "customers",
  "data",
  "feedback",
  "inbox",
  "insights",
  "interviews",
  "maps",
  "settings",
  "shared",
  "start",
  "surveys",
  "tour",
  "upload",
  "voice",
];
