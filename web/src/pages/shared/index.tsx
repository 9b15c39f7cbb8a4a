import { ActionIcon, SegmentedControl, Skeleton, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useParams } from "react-router";
import { ProblemError } from "@/api/problem";
import { type Shared, useShared } from "@/hooks/useShares";
import { AnswerView } from "@/parts/AnswerView";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { Simulated } from "@/parts/Simulated";
import { moment } from "@/parts/when";
import { useDark } from "@/theme/useDark";
import { speak } from "@/words";
import { LANGS, type Lang } from "@/words/key";
import { useSay } from "@/words/say";
import classes from "./Shared.module.css";

/** What somebody shared: read-only, for whoever has the link. */
export default function SharedPage() {
  const say = useSay();
  const { token = "" } = useParams();
  const shared = useShared(token);
  const ended = shared.error instanceof ProblemError && shared.error.status === 404;
  return (
    <div className={classes.page}>
      <title>{`${shared.data?.title ?? say("web.shared.title")} · ${say("web.shell.brand")}`}</title>
      <Head shared={shared.data} />
      <main className={classes.main}>
        {shared.isPending && (
          <>
            <Skeleton height={380} radius="lg" />
            <Skeleton height={380} radius="lg" />
          </>
        )}
        {ended && <Empty title={say("web.shared.ended")} why={say("web.shared.ended_why")} />}
        {shared.error && !ended && <Problem error={shared.error} retry={() => shared.refetch()} />}
        {shared.data?.answers.map(({ title, answer }) => (
          <section key={`${title} ${JSON.stringify(answer.spec)}`} className={classes.card}>
            <h2>{title || answer.sentence}</h2>
            {title && title !== answer.sentence && <p className={classes.asked}>{answer.sentence}</p>}
            <AnswerView answer={answer} />
            <details className={classes.table}>
              <summary>{say("web.shared.as_table")}</summary>
              <AnswerView answer={answer} as="table" />
            </details>
          </section>
        ))}
      </main>
    </div>
  );
}

function Head({ shared }: { shared: Shared | undefined }) {
  const say = useSay();
  const dark = useDark();
  const { setColorScheme } = useMantineColorScheme();
  return (
    <header className={classes.head}>
      <div className={classes.said}>
        <span className={classes.brand}>{say("web.shell.brand")}</span>
        {shared && <h1>{shared.title}</h1>}
        {shared?.simulated && <Simulated />}
        {shared && (
          <p>
            {say("web.shared.now")}
            {shared.expires && say("web.shared.until", { when: moment(shared.expires, localZone()) })}
          </p>
        )}
      </div>
      <SegmentedControl
        value={say.lang}
        onChange={(lang) => speak(lang as Lang)}
        data={LANGS.map((lang) => ({ value: lang, label: say(`web.shell.in_${lang}`) }))}
        aria-label={say("web.shared.language")}
      />
      <ActionIcon
        variant="default"
        size={30}
        aria-label={say(dark ? "web.shared.light" : "web.shared.dark")}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
      >
        {dark ? <IconSun size={16} /> : <IconMoon size={16} />}
      </ActionIcon>
    </header>
  );
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
