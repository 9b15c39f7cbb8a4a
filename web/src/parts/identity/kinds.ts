import type { Say } from "@/words/say";

/** What a kind of identifier is called; one that nobody has named by its own name. */
export function kindName(say: Say, kind: string): string {
  return say.known(`web.upload.field_${kind}`, say.known(`web.upload.identifier_${kind}`, kind));
}
