import { Button, NativeSelect, NumberInput, Select, Skeleton, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import dialog from "@/parts/Dialog.module.css";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { useEdit } from "../behind/useBehind";
import { useMap } from "../useMaps";
import classes from "./Binding.module.css";
import { type Place, type Reach, reaches } from "./place";
import { type Binding, type Shown, useChoices, usePreview } from "./useBinding";

interface Props {
  id: string;
  place: Place;
  now?: string;
  asked?: Shown;
  onDone: () => void;
}

const CADENCES = ["", "1d", "7d", "30d", "90d", "180d", "365d"];

/** The question that fills a cell, a lane or a number of the head; what it shows is told before it is kept. */
export function NumberForm(props: Props) {
  const map = useMap(props.id);
  const choices = useChoices(props.id);
  const error = map.error ?? choices.error;
  if (error) return <Problem error={error} />;
  if (!map.data || !choices.data) return <Skeleton height={260} />;
  const bindings = (map.data.document.bindings ?? []) as Binding[];
  const before = bindings.find((one) => one.key === props.now);
  const offered = props.asked ? [props.asked, ...choices.data.choices] : choices.data.choices;
  return <Form {...props} before={before} offered={offered} />;
}

function Form({ id, place, before, asked, offered, onDone }: Props & { before?: Binding; offered: Shown[] }) {
  const say = useSay();
  const edit = useEdit(id);
  const same = before && offered.find((one) => alike(one, before));
  const kept: Shown[] =
    before && !same ? [{ ...AS_IT_IS, analysis: before.analysis, spec: before.spec }] : [];
  const [key, setKey] = useState<string | null>(asked?.key ?? same?.key ?? kept[0]?.key ?? null);
  const [reach, setReach] = useState<Reach>(reachOf(before, place));
  const [title, setTitle] = useState(before?.title?.[say.lang] ?? "");
  const [column, setColumn] = useState<string | null>(before?.value ?? null);
  const [target, setTarget] = useState<number | string>(before?.target?.value ?? "");
  const [better, setBetter] = useState(before?.target?.better ?? "up");
  const [by, setBy] = useState(before?.target?.by ?? "");
  const [cadence, setCadence] = useState(before?.cadence ?? "");
  const one = [...kept, ...offered].find((choice) => choice.key === key);
  const named = title.trim() || one?.title || "";
  const binding: Binding | null = one
    ? {
        ...(before && reach === reachOf(before, place) ? { key: before.key } : {}),
        ...(reach === "cell" || reach === "lane" ? { lane: place.lane } : {}),
        ...(reach === "cell" ? { step: place.step } : {}),
        ...(title.trim() || reach === "head" ? { title: { zh: named, en: named } } : {}),
        analysis: one.analysis,
        spec: one.spec as Binding["spec"],
        ...((column ?? one.value) ? { value: column ?? one.value } : {}),
        ...(typeof target === "number" ? { target: { value: target, better, ...(by ? { by } : {}) } } : {}),
        ...(cadence ? { cadence } : {}),
      }
    : null;
  const lane = { role: "metrics", kind: "number", label: { zh: named, en: named } };
  // A lane that is not there yet shows what any lane of the map would.
  const tried = binding && { ...binding, key: undefined, ...(reach === "new" ? { lane: "new" } : {}) };
  const shows = usePreview(id, tried ? { binding: tried } : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate({ edit: "bind", binding, ...(reach === "new" ? { lane } : {}) }, { onSuccess: onDone });
  };
  const take = () =>
    edit.mutate({ edit: "remove", part: "bindings", keys: [before?.key] }, { onSuccess: onDone });
  const columns = shows.data?.columns ?? [];
  return (
    <form className={dialog.form} onSubmit={submit}>
      <Select
        data-autofocus
        label={say("web.maps.binding.asked")}
        placeholder={say("web.maps.binding.question_which")}
        data={grouped([...kept.map((k) => ({ ...k, title: say("web.maps.binding.as_it_is") })), ...offered])}
        value={key}
        onChange={(value) => {
          setKey(value);
          setColumn(null);
        }}
        searchable
        maxDropdownHeight={320}
        nothingFoundMessage={say("web.parts.nothing_found")}
      />
      <div className={classes.pair}>
        <NativeSelect
          label={say("web.maps.binding.where")}
          value={reach}
          onChange={(event) => setReach(event.currentTarget.value as Reach)}
          data={reaches(place).map((value) => ({ value, label: say(`web.maps.binding.reach.${value}`) }))}
        />
        <TextInput
          label={say("web.maps.binding.title")}
          placeholder={one?.title}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        {columns.length > 1 && (
          <NativeSelect
            label={say("web.maps.binding.column")}
            value={column ?? one?.value ?? shows.data?.shown ?? ""}
            onChange={(event) => setColumn(event.currentTarget.value)}
            data={columns.map((own) => ({ value: own.name, label: own.title }))}
          />
        )}
      </div>
      <div className={classes.pair}>
        <NumberInput
          label={say("web.maps.binding.target")}
          placeholder={say("web.maps.binding.target_none")}
          value={target}
          onChange={setTarget}
        />
        <NativeSelect
          label={say("web.maps.binding.better")}
          value={better}
          onChange={(event) => setBetter(event.currentTarget.value as "up" | "down")}
          data={[
            { value: "up", label: say("web.maps.binding.up") },
            { value: "down", label: say("web.maps.binding.down") },
          ]}
        />
        <TextInput
          type="date"
          label={say("web.maps.binding.by")}
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <NativeSelect
          label={say("web.maps.binding.cadence")}
          value={cadence}
          onChange={(event) => setCadence(event.currentTarget.value)}
          data={[...new Set([...CADENCES, cadence])].map((value) => ({
            value,
            label: say(value ? "web.maps.binding.every" : "web.maps.binding.never", {
              n: Number.parseInt(value, 10) || 0,
            }),
          }))}
        />
      </div>
      {one && <Preview shows={shows} />}
      {edit.error && <Problem error={edit.error} />}
      <div className={before ? classes.apart : dialog.decide}>
        {before && (
          <Button variant="subtle" color="gray" onClick={take} loading={edit.isPending}>
            {say("web.maps.binding.take")}
          </Button>
        )}
        <Button type="submit" loading={edit.isPending} disabled={!one || shows.isError}>
          {say("web.maps.binding.keep")}
        </Button>
      </div>
    </form>
  );
}

function Preview({ shows }: { shows: ReturnType<typeof usePreview> }) {
  const say = useSay();
  if (shows.isError) return <Problem error={shows.error} />;
  if (!shows.data) return <Skeleton height={70} />;
  const { cells, period, whole: all } = shows.data;
  return (
    <section className={classes.preview} aria-live="polite">
      <h3>{say(cells.length ? "web.maps.binding.shows" : "web.maps.binding.shows_nothing")}</h3>
      {period && <p>{say(all ? "web.maps.binding.period_all" : "web.maps.binding.period", { period })}</p>}
      <ul>
        {cells.map((cell) => (
          <li key={cell.step}>
            <span>{cell.title}</span>
            <b>{cell.shown}</b>
            <small>{[cell.interval, `n ${whole(cell.n)}`].filter(Boolean).join(" · ")}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

const AS_IT_IS: Shown = {
  key: "as-it-is",
  group: "boards",
  group_name: "",
  title: "",
  analysis: "",
  spec: {},
  value: null,
  n: null,
};

function reachOf(before: Binding | undefined, place: Place): Reach {
  if (before) return before.step ? "cell" : before.lane ? "lane" : "head";
  return reaches(place)[0] ?? "head";
}

function alike(one: Shown, binding: Binding): boolean {
  const spec = (of: object) => JSON.stringify(Object.entries(of).sort());
  return one.analysis === binding.analysis && spec(one.spec) === spec(binding.spec ?? {});
}

/** The choices below the names of their groups, in the order they come. */
function grouped(offered: Shown[]): { group: string; items: { value: string; label: string }[] }[] {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const one of offered) {
    const items = groups.get(one.group_name) ?? [];
    items.push({ value: one.key, label: one.n === null ? one.title : `${one.title} · n ${whole(one.n)}` });
    groups.set(one.group_name, items);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}
