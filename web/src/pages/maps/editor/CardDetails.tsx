import { ActionIcon, Button, Checkbox, FileButton, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import { ShowWith } from "../binding/ShowWith";
import { joined } from "./acts";
import classes from "./Details.module.css";
import {
  CARD_KINDS,
  type Card,
  EVIDENCE_KINDS,
  type Evidence,
  filledBy,
  LINK_KINDS,
  type Link,
  MARKS,
} from "./document";
import { change, remove } from "./edits";
import { Fold } from "./Fold";
import { Choice, Named, Owner, Plain, Words } from "./fields";
import { KindDetails } from "./KindDetails";
import { unmarked } from "./markdown";
import { kept } from "./picture";
import { StandardDetails } from "./StandardDetails";
import type { Bench } from "./useBench";

/** A card: what it is and says, who does it, what it rests on, and what it leads to. */
export function CardDetails({ bench, card }: { bench: Bench; card: Card }) {
  const say = useSay();
  const { map, table } = bench;
  const lane = map.lanes.find((one) => one.key === card.lane);
  const step = map.steps.find((one) => one.key === card.step);
  const set = (fields: Record<string, unknown>) => {
    const row = table.lanes.findIndex((one) => one.key === card.lane);
    if (!bench.closed([row])) bench.edit(change("cards", card.key, fields));
  };
  const links = map.links.filter((one) => one.source === card.key);
  const into = map.links.filter((one) => one.target === card.key);
  return (
    <>
      <p className={classes.where}>
        {[lane?.label[say.lang], step?.name[say.lang]].filter(Boolean).join(" · ")}
      </p>
      <Choice
        label={say("web.maps.edit.kind")}
        value={card.kind ?? "text"}
        among={CARD_KINDS.map((value) => ({ value, label: say(`web.maps.kinds.${value}`) }))}
        onSave={(kind) => set({ kind: kind === "text" ? null : kind })}
      />
      <Words
        label={say("web.maps.edit.text")}
        help={say("web.maps.edit.text_about")}
        long
        value={card.text}
        onSave={(text) => (text || card.image) && set({ text })}
      />
      <KindDetails bench={bench} card={card} set={set} />
      <ShowWith
        id={bench.id}
        place={{ lane: card.lane, step: card.step }}
        now={filledBy(map.bindings, card.lane, card.step)}
      />
      <Owner map={map} of={card} onSave={set} onCalled={bench.called} />
      <Named
        label={say("web.maps.edit.system")}
        value={card.system}
        names={map.systems}
        among={map.cards.map((one) => one.system)}
        onSave={(system) => set({ system })}
        onCalled={(names) => bench.called("systems", names)}
      />
      <StandardDetails card={card} set={set} />
      <div className={classes.marks}>
        {MARKS.map((mark) => (
          <Checkbox
            key={mark}
            label={say(`web.maps.marks.${mark}`)}
            checked={card.marks?.includes(mark) ?? false}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              const marks = MARKS.filter((one) => (one === mark ? on : card.marks?.includes(one)));
              set({ marks: marks.length ? marks : null });
            }}
          />
        ))}
        <Checkbox
          label={say("web.maps.edit.latent")}
          checked={card.latent ?? false}
          onChange={(event) => set({ latent: event.currentTarget.checked || null })}
        />
      </div>
      <Fold title={say("web.maps.edit.image")} open={card.image !== undefined}>
        <Picture bench={bench} card={card} set={set} />
      </Fold>
      <Fold
        title={say("web.maps.edit.evidence", { n: card.evidence?.length ?? 0 })}
        open={!!card.evidence?.length}
      >
        <EvidenceList card={card} set={set} />
      </Fold>
      <Fold title={say("web.maps.edit.links", { n: links.length })} open={links.length > 0}>
        <Links bench={bench} card={card} links={links} />
      </Fold>
      {into.length > 0 && (
        <Fold title={say("web.maps.edit.links_into", { n: into.length })} open>
          {into.map((link) => (
            <LinkRow key={link.key} bench={bench} link={link} end={link.source} />
          ))}
        </Fold>
      )}
    </>
  );
}

type Set = (fields: Record<string, unknown>) => void;

function Picture({ bench, card, set }: { bench: Bench; card: Card; set: Set }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const [busy, setBusy] = useState(false);
  const take = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    try {
      set({ image: await kept(ws, bench.id, file) });
    } catch (error) {
      refused(error as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {card.image && (
        <img
          className={classes.image}
          src={of(ws, "maps", bench.id, "images", card.image)}
          alt={card.alt?.[say.lang] ?? ""}
        />
      )}
      <div className={classes.row}>
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={take}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={busy}>
              {say(card.image ? "web.maps.edit.change_image" : "web.maps.edit.put_image")}
            </Button>
          )}
        </FileButton>
        {card.image && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => set({ image: null, alt: null })}>
            {say("web.do.remove")}
          </Button>
        )}
      </div>
      {card.image && (
        <Words
          label={say("web.maps.edit.alt")}
          help={say("web.maps.edit.alt_about")}
          value={card.alt}
          onSave={(alt) => set({ alt })}
        />
      )}
    </>
  );
}

function EvidenceList({ card, set }: { card: Card; set: Set }) {
  const say = useSay();
  const all = card.evidence ?? [];
  const change = (place: number, fields: Partial<Evidence> | null) => {
    const next = all.flatMap((one, at) => {
      if (at !== place) return [one];
      if (fields === null) return [];
      const merged = Object.entries({ ...one, ...fields }).filter(([, value]) => value !== null);
      return [Object.fromEntries(merged) as unknown as Evidence];
    });
    set({ evidence: next.length ? next : null });
  };
  return (
    <>
      {all.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no other name than its place
        <div key={place} className={classes.item}>
          <div className={classes.row}>
            <Choice
              label={say("web.maps.edit.evidence_kind")}
              value={one.kind}
              among={EVIDENCE_KINDS.map((value) => ({ value, label: say(`web.maps.evidence.${value}`) }))}
              onSave={(kind) => change(place, { kind })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={say("web.do.remove_named", { name: one.title ?? one.quote ?? one.kind })}
              onClick={() => change(place, null)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </div>
          <Plain
            label={say("web.maps.edit.evidence_title")}
            value={one.title}
            onSave={(title) => change(place, { title: title as string })}
          />
          <Plain
            label={say("web.maps.edit.evidence_quote")}
            long
            value={one.quote}
            onSave={(quote) => change(place, { quote: quote as string })}
          />
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        onClick={() => set({ evidence: [...all, { kind: "observation" }] })}
      >
        {say("web.maps.edit.add_evidence")}
      </Button>
    </>
  );
}

/** What a card is called in a list: the beginning of its text, and where it stands. */
function useCalled({ map }: Bench): (card: Card) => string {
  const { lang } = useSay();
  const steps = new Map(map.steps.map((one) => [one.key, one.name[lang]]));
  return (card) => {
    const step = steps.get(card.step);
    const text = unmarked(card.text?.[lang] ?? card.alt?.[lang] ?? "").slice(0, 60);
    return [text, step].filter(Boolean).join(" · ") || card.key;
  };
}

function LinkRow({ bench, link, end }: { bench: Bench; link: Link; end: string }) {
  const say = useSay();
  const called = useCalled(bench);
  const card = bench.map.cards.find((one) => one.key === end);
  const name = card ? called(card) : end;
  return (
    <div className={classes.item}>
      <div className={classes.row}>
        <span>{name}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={say("web.do.remove_named", { name })}
          onClick={() => bench.edit(remove("links", [link.key]))}
        >
          <IconTrash size={14} />
        </ActionIcon>
      </div>
      <Choice
        label={say("web.maps.edit.link_kind")}
        value={link.kind ?? "triggers"}
        among={LINK_KINDS.map((value) => ({ value, label: say(`web.maps.links.${value}`) }))}
        onSave={(kind) => bench.edit(change("links", link.key, { kind }))}
      />
      <Plain
        label={say("web.maps.edit.sla")}
        placeholder="2h"
        value={link.sla}
        onSave={(sla) => bench.edit(change("links", link.key, { sla }))}
      />
    </div>
  );
}

function Links({ bench, card, links }: { bench: Bench; card: Card; links: Link[] }) {
  const say = useSay();
  const called = useCalled(bench);
  const { map } = bench;
  return (
    <>
      {links.map((link) => (
        <LinkRow key={link.key} bench={bench} link={link} end={link.target} />
      ))}
      <Select
        label={say("web.maps.edit.add_link")}
        placeholder={say("web.maps.edit.add_link_to")}
        searchable
        value={null}
        data={map.cards.filter((one) => one !== card).map((one) => ({ value: one.key, label: called(one) }))}
        limit={50}
        onChange={(target) => target && bench.edit(joined(map, card.key, target))}
      />
    </>
  );
}
