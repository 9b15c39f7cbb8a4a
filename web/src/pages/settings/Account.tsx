import { Button, SegmentedControl, Select, TextInput, useMantineColorScheme } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Of } from "@/api/schemas";
import { useMe, useMeActions } from "@/hooks/useMe";
import { Card } from "@/parts/Card";
import { told } from "@/parts/notice";
import { Password } from "@/parts/Password";
import { Problem } from "@/parts/Problem";
import { ZonePicker } from "@/parts/pickers/ZonePicker";
import { RowsLoading } from "@/parts/Rows";
import { speak } from "@/words";
import { useSay } from "@/words/say";
import classes from "./Settings.module.css";

type Me = Of<"MeSeen">;

const SCHEMES = ["auto", "light", "dark"] as const;
const LANGUAGES = ["", "zh", "en"] as const;

/** One's own account: name, language, clock, password, and how the app looks here. */
export function Account() {
  const found = useMe();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  return (
    <div className={`${classes.stack} ${classes.narrow}`}>
      <Profile me={found.data} />
      <Look />
      <ChangePassword me={found.data} />
    </div>
  );
}

function Profile({ me }: { me: Me }) {
  const say = useSay();
  const { change } = useMeActions();
  const [name, setName] = useState(me.name);
  const [language, setLanguage] = useState<Me["language"]>(me.language ?? "");
  const [zone, setZone] = useState(me.zone ?? "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { name: name.trim(), language, zone },
      {
        onSuccess: () => {
          told(say("web.settings.saved"));
          if (language) void speak(language);
        },
      },
    );
  };
  return (
    <Card title={say("web.settings.profile")} aside={me.email ?? say("web.settings.local")}>
      <form className={classes.form} onSubmit={save}>
        <TextInput
          label={say("web.settings.your_name")}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={say("web.settings.language")}
          allowDeselect={false}
          value={language}
          onChange={(next) => setLanguage((next ?? "") as Me["language"])}
          data={LANGUAGES.map((one) => ({
            value: one,
            label: one ? say(`web.shell.in_${one}`) : say("web.settings.as_browser"),
          }))}
        />
        <ZonePicker
          label={say("web.settings.your_zone")}
          help={say("web.settings.your_zone_why")}
          none={say("web.settings.as_workspace")}
          value={zone}
          onChange={setZone}
        />
        {change.error && <Problem error={change.error} />}
        <div>
          <Button type="submit" loading={change.isPending}>
            {say("web.do.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Look() {
  const say = useSay();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card title={say("web.settings.look")}>
      <SegmentedControl
        value={colorScheme}
        onChange={(next) => setColorScheme(next as (typeof SCHEMES)[number])}
        data={SCHEMES.map((one) => ({ value: one, label: say(`web.shell.scheme_${one}`) }))}
        aria-label={say("web.settings.look")}
      />
    </Card>
  );
}

function ChangePassword({ me }: { me: Me }) {
  const say = useSay();
  const { password } = useMeActions();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = (event: FormEvent) => {
    event.preventDefault();
    password.mutate(
      { current, password: next },
      {
        onSuccess: () => {
          setCurrent("");
          setNext("");
          told(say("web.settings.password_set"));
        },
      },
    );
  };
  return (
    <Card title={say("web.settings.password")}>
      {me.email === null ? (
        <p className={classes.faint}>{say("web.settings.no_password")}</p>
      ) : (
        <form className={classes.form} onSubmit={change}>
          <input type="hidden" autoComplete="username" value={me.email} readOnly />
          {me.has_password && (
            <Password
              label={say("web.settings.password_now")}
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
          )}
          <Password
            label={say("web.settings.password_next")}
            description={say("web.settings.password_ends")}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          {password.error && <Problem error={password.error} />}
          <div>
            <Button type="submit" disabled={!next} loading={password.isPending}>
              {say("web.settings.password_set_it")}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
