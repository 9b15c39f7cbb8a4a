import { Button, Skeleton, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Workspace } from "@/api/types";
import { useRole } from "@/hooks/useRole";
import { useWorkspace, useWorkspaceSettings } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { told } from "@/parts/notice";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { ZonePicker } from "@/parts/pickers/ZonePicker";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Settings.module.css";

/** The workspace: what it is called, by which clock its days go, what it holds. */
export function General() {
  const found = useWorkspace();
  const { may } = useRole();
  if (found.isPending) return <Skeleton height={220} radius="lg" />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  return (
    <div className={`${classes.stack} ${classes.narrow}`}>
      {may("admin") && <Naming workspace={found.data} />}
      <Facts workspace={found.data} />
    </div>
  );
}

/** Its title in both languages and its time zone, for those who may change them. */
function Naming({ workspace }: { workspace: Workspace }) {
  const say = useSay();
  const save = useWorkspaceSettings();
  const { titles, fixed } = workspace;
  const [zh, setZh] = useState(titles.zh);
  const [en, setEn] = useState(titles.en);
  const [zone, setZone] = useState(workspace.zone);
  const title = zh.trim() !== titles.zh || en.trim() !== titles.en;
  const moved = zone !== workspace.zone;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { title: title ? { zh, en } : undefined, zone: moved ? zone : undefined },
      { onSuccess: () => told(say("web.settings.saved")) },
    );
  };
  const one = (value: string, set: (next: string) => void, word: "title_zh" | "title_en") => (
    <TextInput
      label={say(`web.settings.${word}`)}
      maxLength={200}
      value={value}
      disabled={fixed.includes("title")}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
  return (
    <Card title={say("web.settings.naming")}>
      <form className={classes.form} onSubmit={submit}>
        {one(zh, setZh, "title_zh")}
        {one(en, setEn, "title_en")}
        <ZonePicker
          label={say("web.settings.zone")}
          help={say("web.settings.zone_why")}
          value={zone}
          disabled={fixed.includes("zone")}
          onChange={setZone}
        />
        {moved && <Effect workspace={workspace} zone={zone} />}
        {fixed.map((name) => (
          <p key={name} className={classes.faint}>
            {say("web.settings.fixed", { variable: `LVTU_${name.toUpperCase()}` })}
          </p>
        ))}
        {save.error && <Problem error={save.error} />}
        <div>
          <Button type="submit" disabled={!title && !moved} loading={save.isPending}>
            {say("web.do.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** What another zone would mean, shown on the last event there is. */
function Effect({ workspace, zone }: { workspace: Workspace; zone: string }) {
  const say = useSay();
  const { last } = workspace;
  return (
    <div className={classes.effect} role="status">
      <p>{say("web.settings.zone_effect")}</p>
      {last && (
        <p>
          {say("web.settings.zone_last", { before: moment(last, workspace.zone), after: moment(last, zone) })}
        </p>
      )}
    </div>
  );
}

function Facts({ workspace }: { workspace: Workspace }) {
  const say = useSay();
  const { titles, name, zone, events, customers, first, last, default_model } = workspace;
  const day = (time: string | null) => moment(time, zone).slice(0, 10);
  return (
    <Card title={say("web.settings.workspace")}>
      <dl className={classes.facts}>
        <dt>{say("web.settings.title")}</dt>
        <dd>{titles[say.lang]}</dd>
        <dt>{say("web.settings.folder")}</dt>
        <dd>
          <code>{name}</code>
        </dd>
        <dt>{say("web.settings.zone")}</dt>
        <dd>{zone}</dd>
        <dt>{say("web.settings.languages")}</dt>
        <dd>{say("web.settings.both_languages")}</dd>
        <dt>{say("web.settings.default_model")}</dt>
        <dd>{default_model ?? "—"}</dd>
        <dt>{say("web.settings.holds")}</dt>
        <dd>
          {say("web.parts.events", { n: events })} · {say("web.parts.customers", { n: customers })}
        </dd>
        <dt>{say("web.data.span")}</dt>
        <dd>{events ? `${day(first)} – ${day(last)}` : whole(null)}</dd>
      </dl>
    </Card>
  );
}
