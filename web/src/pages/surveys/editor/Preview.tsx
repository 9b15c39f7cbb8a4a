import { Button, SegmentedControl, Switch } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Survey } from "@survey/definition";
import { languagesOf } from "@survey/definition";
import type { Progress } from "@survey/form/contract";
import { mount, type Theme } from "@survey/form/mount";
import { nameOf } from "@survey/form/words";
import { useEffect, useRef, useState } from "react";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import classes from "./Editor.module.css";

const SOON_MS = 250;

/** The survey as it will be answered, at a page, drawn by what draws it then; nothing is sent. */
export function Preview({ survey, theme, page }: { survey: Survey; theme: Theme; page?: number }) {
  const say = useSay();
  const languages = languagesOf(survey);
  const [wide, setWide] = useState(false);
  const around = useDark();
  const [chosen, setDark] = useState<boolean>();
  const dark = chosen ?? around;
  const [language, setLanguage] = useState(languages.find((one) => one === say.lang) ?? languages[0] ?? "zh");
  const [shown] = useDebouncedValue(survey, SOON_MS);
  const [run, setRun] = useState(0);
  const host = useRef<HTMLDivElement>(null);
  const progress = useRef<Partial<Progress>>({});
  const { accent, logo } = theme;
  // The page of the question that is open is shown; then the pages are turned as people turn them.
  const [turned, setTurned] = useState(page);
  if (page !== turned) {
    setTurned(page);
    if (page !== undefined) {
      progress.current = { ...progress.current, at: page };
      setRun((before) => before + 1);
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun again, it is drawn again
  useEffect(() => {
    if (!host.current || !shown.pages.length) return;
    const mounted = mount(host.current, {
      survey: shown,
      response: "preview",
      start: { ...progress.current, language },
      theme: { accent, logo, look: dark ? "dark" : "light" },
      frame: "page",
      within: true,
      onProgress: (next) => {
        progress.current = next;
        setLanguage(next.language);
      },
      send: async () => ({ is: "accepted" }),
      // Nothing is sent: it is called what it would be.
      upload: async (_, { name, type, size }) => ({ file: "0".repeat(32), name, type, bytes: size }),
      again: () => begin(),
    });
    return mounted.end;
  }, [shown, dark, language, accent, logo, run]);
  const begin = () => {
    progress.current = {};
    setRun((before) => before + 1);
  };
  return (
    <section className={classes.preview} aria-label={say("web.surveys.preview")}>
      <div className={classes.line}>
        <SegmentedControl
          size="xs"
          aria-label={say("web.surveys.width")}
          data={[
            { value: "phone", label: say("web.surveys.phone") },
            { value: "wide", label: say("web.surveys.desktop") },
          ]}
          value={wide ? "wide" : "phone"}
          onChange={(value) => setWide(value === "wide")}
        />
        {languages.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={say("web.surveys.language")}
            data={languages.map((one) => ({ value: one, label: nameOf(one) }))}
            value={language}
            onChange={setLanguage}
          />
        )}
        <Switch
          size="xs"
          label={say("web.surveys.dark")}
          checked={dark}
          onChange={(event) => setDark(event.currentTarget.checked)}
        />
        <Button variant="subtle" size="compact-sm" onClick={begin}>
          {say("web.surveys.begin_again")}
        </Button>
      </div>
      <div className={`${classes.screen} ${wide ? classes.wide : classes.phone}`}>
        <div ref={host} />
      </div>
    </section>
  );
}
