import { TextInput } from "@mantine/core";
import { useSay } from "@/words/say";
import type { Both, Card } from "./document";
import { Plain, Words } from "./fields";

interface Said {
  do?: Both;
  dont?: Both;
  version?: string;
  since?: string;
  training?: string;
}

interface Props {
  card: Card;
  /** Keeps other values for fields of the card. */
  set: (fields: Record<string, unknown>) => void;
}

/** What is said of a service standard; its photo and who answers for it stand on the card. */
export function StandardDetails({ card, set }: Props) {
  const say = useSay();
  if (card.kind !== "standard") return null;
  const said = (card as { details?: Said }).details ?? {};
  const save = (fields: Partial<Record<keyof Said, unknown>>) => {
    const next = Object.entries({ ...said, ...fields }).filter(([, value]) => value);
    set({ details: next.length ? Object.fromEntries(next) : null });
  };
  return (
    <>
      <Words
        label={say("web.maps.edit.standards.do")}
        help={say("web.maps.edit.standards.do_about")}
        long
        value={said.do}
        onSave={(words) => save({ do: words })}
      />
      <Words
        label={say("web.maps.edit.standards.dont")}
        long
        value={said.dont}
        onSave={(words) => save({ dont: words })}
      />
      <Plain
        label={say("web.maps.edit.standards.version")}
        value={said.version}
        onSave={(version) => save({ version })}
      />
      <TextInput
        type="date"
        label={say("web.maps.edit.standards.since")}
        value={said.since ?? ""}
        onChange={(event) => save({ since: event.currentTarget.value })}
      />
      <Plain
        label={say("web.maps.edit.standards.training")}
        help={say("web.maps.edit.standards.training_about")}
        value={said.training}
        onSave={(training) => save({ training })}
      />
    </>
  );
}
