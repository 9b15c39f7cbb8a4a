import { Select, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Block } from "@/parts/Block";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { Bar } from "./Bar";
import classes from "./DriversBlock.module.css";
import { Further } from "./Further";
import { Known } from "./Known";
import { type Behind, Listening } from "./Listening";
import { Quadrant } from "./Quadrant";
import type { Driver, Drivers } from "./types";
import { type Asked, useDrivers } from "./useVoice";
import voice from "./Voice.module.css";

const SHOWN = 12;

/** Which experiences go with an outcome, and how customers rate them. */
export function DriversBlock({ asked, onAsk }: { asked: Asked; onAsk: (outcome: string | null) => void }) {
  const say = useSay();
  const { data, error, isPending, isPlaceholderData, refetch } = useDrivers(asked);
  const [behind, setBehind] = useState<Behind | null>(null);
  const { outcomes = [], outcome = null, spec, sentence } = data ?? {};
  if (data?.state === "mute") return null;
  return (
    <Block
      title={say("web.voice.drivers")}
      about={sentence || say("web.voice.drivers_about")}
      actions={
        <>
          {outcomes.length > 0 && (
            <Select
              size="xs"
              w={260}
              value={outcome}
              onChange={onAsk}
              data={outcomes.map(({ value, title }) => ({ value, label: title }))}
              allowDeselect={false}
              aria-label={say("web.voice.outcome")}
            />
          )}
          {spec && <Further spec={spec} title={sentence ?? ""} />}
        </>
      }
    >
      {error && <Problem error={error} retry={() => refetch()} />}
      {isPending && !error && <Skeleton height={320} m={14} w="auto" />}
      {data && !error && (
        <Stale when={isPlaceholderData}>
          {data.state === "few" ? (
            <p className={voice.quiet}>
              {(data.notes ?? []).map(({ text }) => text).join(say("web.overview.stop"))}
            </p>
          ) : (
            <>
              <div className={classes.both}>
                <Bars of={data} onOpen={setBehind} />
                <Quadrant drivers={data.rows ?? []} />
              </div>
              <Known notes={data.notes} />
            </>
          )}
        </Stale>
      )}
      <Listening behind={behind} token={data?.token ?? ""} onClose={() => setBehind(null)} />
    </Block>
  );
}

function behindOf(of: Drivers, driver: Driver): Behind {
  return { spec: of.spec ?? {}, cell: driver.cell as Behind["cell"], title: driver.title };
}

function Bars({ of, onOpen }: { of: Drivers; onOpen: (behind: Behind) => void }) {
  const say = useSay();
  const rows = (of.rows ?? []).slice(0, SHOWN);
  const most = Math.max(...rows.map(({ importance }) => importance.high ?? importance.value ?? 0), 0.01);
  const rest = (of.rows ?? []).length - rows.length;
  return (
    <div>
      <ol className={classes.bars} aria-label={say("web.voice.importance")}>
        {rows.map((driver) => {
          const { title, importance, direction, shown_mean, n } = driver;
          return (
            <li key={title}>
              <Bar
                name={title}
                measured={importance}
                most={most}
                more={[
                  direction && say(`web.voice.${direction}`),
                  say("web.voice.mean", { mean: shown_mean }),
                  `n ${whole(n)}`,
                ]}
                onOpen={() => onOpen(behindOf(of, driver))}
              />
            </li>
          );
        })}
      </ol>
      {rest > 0 && <p className={voice.quiet}>{say("web.voice.more_drivers", { n: rest })}</p>}
    </div>
  );
}
