import { SegmentedControl, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Block } from "@/parts/Block";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import classes from "./AfterBlock.module.css";
import { Bar } from "./Bar";
import { Further } from "./Further";
import { Known } from "./Known";
import { type Behind, Listening } from "./Listening";
import type { Followed } from "./types";
import { type Asked, useAfter } from "./useVoice";
import voice from "./Voice.module.css";

/** What customers did after they answered, by how satisfied they were. */
export function AfterBlock({ asked, onAsk }: { asked: Asked; onAsk: (scale: string) => void }) {
  const say = useSay();
  const { data, error, isPending, isPlaceholderData, refetch } = useAfter(asked);
  const [behind, setBehind] = useState<Behind | null>(null);
  if (data?.state === "mute") return null;
  const { outcomes = [], scales = [], scale } = data ?? {};
  const first = outcomes[0];
  return (
    <Block
      title={say("web.voice.after")}
      about={say("web.voice.after_about")}
      actions={
        <>
          {scales.length > 1 && data?.state === "ok" && (
            <SegmentedControl
              size="xs"
              value={scale ?? ""}
              onChange={onAsk}
              data={scales.map(({ value, title }) => ({ value, label: title }))}
              aria-label={say("web.voice.scale")}
            />
          )}
          {first && <Further spec={first.spec} title={first.title} as="linked" />}
        </>
      }
    >
      {error && <Problem error={error} retry={() => refetch()} />}
      {isPending && !error && <Skeleton height={180} m={14} w="auto" />}
      {data && !error && (
        <Stale when={isPlaceholderData}>
          {data.state === "none" ? (
            <p className={voice.quiet}>{say("web.voice.after_none")}</p>
          ) : (
            <>
              <ul className={classes.outcomes}>
                {outcomes.map((one) => (
                  <Outcome key={one.key} of={one} onOpen={setBehind} />
                ))}
              </ul>
              <Known notes={data.notes} />
            </>
          )}
        </Stale>
      )}
      <Listening behind={behind} token={data?.token ?? ""} onClose={() => setBehind(null)} />
    </Block>
  );
}

function Outcome({ of, onOpen }: { of: Followed; onOpen: (behind: Behind) => void }) {
  const say = useSay();
  const { bands, rate, title, spec } = of;
  const most = Math.max(...bands.map((band) => band.rate.high ?? band.rate.value ?? 0), 0.01);
  return (
    <li>
      <h3>{title}</h3>
      <p>{say("web.voice.of_all", { share: rate.shown })}</p>
      <ol>
        {bands.map((band) => (
          <li key={band.band}>
            <Bar
              name={band.title}
              measured={band.rate}
              most={most}
              more={[`${band.yes.toLocaleString("en-US")} / ${whole(band.customers)}`, band.shown_lift]}
              onOpen={() =>
                onOpen({
                  spec,
                  cell: band.cell as Behind["cell"],
                  title: `${title} · ${band.title}`,
                  part: "linked",
                })
              }
            />
          </li>
        ))}
      </ol>
    </li>
  );
}
