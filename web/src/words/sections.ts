/** The sections of the shared words that the app speaks with; what the service words itself stays there. */
export const SECTIONS = ["web", "values"] as const;
