import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { placeOf } from "@/pages/overview/place";
import { Asking } from "@/parts/Asking";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { AfterBlock } from "./AfterBlock";
import { DriversBlock } from "./DriversBlock";
import { type Behind, Listening } from "./Listening";
import { Places } from "./Places";
import { ScoreCards, ScoreCardsWaiting } from "./ScoreCards";
import { ThemesBlock } from "./ThemesBlock";
import type { Voice as Shown } from "./types";
import { useAskedVoice, useVoice } from "./useVoice";
import classes from "./Voice.module.css";

/** What customers say: scores with what goes with them and what happens after, and what they talk about. */
export default function Voice() {
  const say = useSay();
  const [asked, ask] = useAskedVoice();
  const { data, error, isPending, isPlaceholderData, refetch } = useVoice(asked);
  const scored = data?.state === "ok";
  return (
    <Page
      title={say("web.shell.voice")}
      about={data?.period?.text ?? " "}
      actions={
        data?.state !== "empty" && <Asking asked={asked} now={data?.period?.now} model={null} onAsk={ask} />
      }
    >
      {error && <Problem error={error} retry={() => refetch()} />}
      {isPending && !error && <Waiting />}
      {data && !error && (
        <Stale when={isPlaceholderData}>
          {scored ? <Scored shown={data} onBy={(by) => ask({ by })} /> : <Silent shown={data} />}
        </Stale>
      )}
      {scored && (
        <>
          <DriversBlock asked={asked} onAsk={(outcome) => ask({ outcome })} />
          <ThemesBlock asked={asked} onAsk={(kind) => ask({ kind })} />
          <AfterBlock asked={asked} onAsk={(scale) => ask({ scale })} />
        </>
      )}
    </Page>
  );
}

function Scored({ shown, onBy }: { shown: Shown; onBy: (by: string) => void }) {
  const say = useSay();
  const [behind, setBehind] = useState<Behind | null>(null);
  return (
    <>
      <ScoreCards scales={shown.scales ?? []} onOpen={setBehind} />
      <Places shown={shown} onBy={onBy} onOpen={setBehind} />
      <p className={classes.foot}>{(shown.notes ?? []).join(say("web.overview.stop"))}</p>
      <Listening behind={behind} token={shown.token} onClose={() => setBehind(null)} />
    </>
  );
}

/** Nobody scored anything: what will be here, and the one next step. */
function Silent({ shown }: { shown: Shown }) {
  const say = useSay();
  const ws = useWorkspaceName();
  if (!shown.next) return null;
  return (
    <section className={classes.card}>
      <Empty title={say("web.voice.silent")} why={shown.next.text}>
        <Button component={Link} to={placeOf(ws, shown.next.target)}>
          {say(shown.next.code === "bring_data" ? "web.voice.bring_data" : "web.voice.bring_answers")}
        </Button>
      </Empty>
    </section>
  );
}

function Waiting() {
  return (
    <>
      <ScoreCardsWaiting />
      <Skeleton height={360} radius={12} mt={14} />
    </>
  );
}
