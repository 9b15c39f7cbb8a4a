import type { Key } from "@/words/key";
import type { Say } from "@/words/say";

/** What a column may be read as: a field of the record, or an identifier. The most used first, in groups. */
export const ROLES: { group: Key; roles: string[] }[] = [
  {
    group: "web.upload.who",
    roles: [
      "user_id",
      "anonymous_id",
      "identifiers.email",
      "identifiers.phone",
      "identifiers.openid",
      "identifiers.unionid",
      "identifiers.member",
    ],
  },
  { group: "web.upload.what", roles: ["event", "time", "channel", "source"] },
  { group: "web.upload.said", roles: ["score", "scale", "text", "language", "value", "currency"] },
  { group: "web.upload.more", roles: ["message_id", "sequence", "weight"] },
];

/** Stays what it is: a property under its own name. */
export const PROPERTY = "property";
/** Is left out altogether. */
export const LEFT_OUT = "left_out";

/** What a role is called; an identifier of another kind by its own name. */
export function roleName(say: Say, role: string): string {
  const [group, kind] = role.split(".");
  if (group === "identifiers") return say.known(`web.upload.identifier_${kind}`, kind ?? role);
  return say.known(`web.upload.field_${role}`, role);
}

/** The scales that a score may be on, with what they are called. */
export const SCALES = [
  "nps",
  "csat5",
  "csat7",
  "csat10",
  "rating5",
  "rating10",
  "ces7",
  "stars5",
  "servqual7",
  "emotion",
] as const;
