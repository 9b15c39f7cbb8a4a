import { Button, MultiSelect, SegmentedControl, TagsInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Decide } from "@/parts/Decide";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Library.module.css";
import { idOf, type LibraryTouchpoint, type TouchpointChannel, useTouchpointActions } from "./useTouchpoints";

/** Another touchpoint: what it is called is enough to begin with. */
export function NewTouchpoint({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const { add } = useTouchpointActions();
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const id = idOf(name);
    if (id) add.mutate({ id, name: name.trim() }, { onSuccess: onDone });
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        required
        label={say("web.maps.touchpoints.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Decide by={add} verb={say("web.maps.touchpoints.add")} />
    </form>
  );
}

interface Props {
  touchpoint: LibraryTouchpoint;
  channels: TouchpointChannel[];
  onDone: () => void;
}

const PLACES = ["event", "online", "offline"] as const;

/** All that is known of a touchpoint; what is kept holds in every map. */
export function TouchpointForm({ touchpoint, channels, onDone }: Props) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const { change, remove } = useTouchpointActions();
  const [given, setGiven] = useState(touchpoint);
  const set = (some: Partial<LibraryTouchpoint>) => setGiven((before) => ({ ...before, ...some }));
  const place = given.online === null ? "event" : given.online ? "online" : "offline";
  const location = given.location ?? { zh: "", en: "" };
  const used = touchpoint.uses.length > 0 || touchpoint.stages > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, channels: met, online, owner, systems, events } = given;
    const there = place === "offline" && (location.zh || location.en) ? location : null;
    change.mutate(
      {
        id: given.id,
        changes: {
          name,
          channels: met,
          online,
          owner: owner || null,
          systems,
          location: there,
          ...(given.ruled ? {} : { events }),
        },
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <div className={classes.pair}>
        <TextInput
          data-autofocus
          required
          label={say("web.maps.touchpoints.name_zh")}
          value={given.name.zh}
          onChange={(event) => set({ name: { ...given.name, zh: event.currentTarget.value } })}
        />
        <TextInput
          required
          label={say("web.maps.touchpoints.name_en")}
          value={given.name.en}
          onChange={(event) => set({ name: { ...given.name, en: event.currentTarget.value } })}
        />
      </div>
      <MultiSelect
        label={say("web.maps.touchpoints.channels")}
        value={given.channels}
        data={channels.map((one) => ({ value: one.key, label: one.name }))}
        onChange={(met) => set({ channels: met })}
      />
      <div>
        <div className={classes.label}>{say("web.maps.touchpoints.place")}</div>
        <SegmentedControl
          aria-label={say("web.maps.touchpoints.place")}
          value={place}
          data={PLACES.map((value) => ({ value, label: say(`web.maps.touchpoints.places.${value}`) }))}
          onChange={(value) => set({ online: value === "event" ? null : value === "online" })}
        />
      </div>
      {place === "offline" && (
        <TextInput
          label={say("web.maps.touchpoints.location")}
          value={location[say.lang]}
          onChange={(event) =>
            set({ location: { zh: event.currentTarget.value, en: event.currentTarget.value } })
          }
        />
      )}
      <div className={classes.pair}>
        <TextInput
          label={say("web.maps.owner")}
          value={given.owner ?? ""}
          onChange={(event) => set({ owner: event.currentTarget.value })}
        />
        <TagsInput
          label={say("web.maps.touchpoints.systems")}
          value={given.systems}
          onChange={(systems) => set({ systems })}
        />
      </div>
      {given.ruled ? (
        <p className={classes.assumed}>
          {say("web.maps.touchpoints.ruled")}{" "}
          <Link to={`/w/${ws}/settings/models/${given.models[0]}`}>
            {say("web.maps.touchpoints.to_model")}
          </Link>
        </p>
      ) : (
        <TagsInput
          label={say("web.maps.touchpoints.events")}
          description={say("web.maps.touchpoints.events_about")}
          value={given.events}
          onChange={(events) => set({ events })}
        />
      )}
      {change.error && <Problem error={change.error} />}
      {remove.error && <Problem error={remove.error} />}
      <div className={dialog.decide}>
        <Button
          variant="default"
          loading={remove.isPending}
          disabled={used}
          title={used ? say("web.maps.touchpoints.kept") : undefined}
          onClick={() => remove.mutate(given.id, { onSuccess: onDone })}
        >
          {say("web.do.remove")}
        </Button>
        <Button type="submit" loading={change.isPending}>
          {say("web.maps.touchpoints.save")}
        </Button>
      </div>
      {used && <p className={classes.assumed}>{say("web.maps.touchpoints.kept")}</p>}
    </form>
  );
}
