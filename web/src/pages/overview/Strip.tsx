import { useMediaQuery } from "@mantine/hooks";
import { Fragment } from "react";
import { useSay } from "@/words/say";
import { Conversion, Dwell, Reached } from "./cells";
import { Feeling, FeelingMark } from "./FeelingMark";
import { feelingLanes } from "./lanes";
import classes from "./Strip.module.css";
import type { Stage } from "./types";

interface Props {
  stages: Stage[];
  onOpen: (stage: Stage) => void;
}

/** The stages side by side with a lane for each thing that is known; on a phone a stack of cards. */
export function Strip({ stages, onOpen }: Props) {
  const narrow = useMediaQuery("(max-width: 760px)", false, { getInitialValueInEffect: false });
  return narrow ? <Cards stages={stages} onOpen={onOpen} /> : <Lanes stages={stages} onOpen={onOpen} />;
}

function Lanes({ stages, onOpen }: Props) {
  const say = useSay();
  const lanes = feelingLanes(stages);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <section className={classes.scroll} tabIndex={0} aria-label={say("web.overview.stages")}>
      <table className={classes.strip}>
        <thead>
          <tr>
            <th scope="col">{say("web.overview.stage")}</th>
            {stages.map((stage) => (
              <th scope="col" key={stage.key}>
                <Name stage={stage} onOpen={onOpen} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Lane
            title={say("web.overview.customers")}
            stages={stages}
            of={(stage) => <Reached stage={stage} />}
          />
          <Lane
            title={say("web.overview.conversion")}
            more={say("web.overview.from_before")}
            stages={stages}
            of={(stage) => <Conversion stage={stage} />}
          />
          <Lane
            title={say("web.overview.dwell")}
            more={say("web.overview.median")}
            stages={stages}
            of={(stage) => <Dwell stage={stage} />}
          />
          {lanes.map(({ scale, title, at }) => (
            <tr key={scale} className={classes.feelings}>
              <th scope="row">
                {title}
                <small>−2 … +2</small>
              </th>
              {stages.map((stage, place) => (
                <td key={stage.key}>
                  <FeelingMark felt={at[place]} next={at[place + 1]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Lane(props: {
  title: string;
  more?: string;
  stages: Stage[];
  of: (stage: Stage) => React.ReactNode;
}) {
  return (
    <tr>
      <th scope="row">
        {props.title}
        {props.more && <small>{props.more}</small>}
      </th>
      {props.stages.map((stage) => (
        <td key={stage.key}>
          <div className={classes.cell}>{props.of(stage)}</div>
        </td>
      ))}
    </tr>
  );
}

function Cards({ stages, onOpen }: Props) {
  const say = useSay();
  return (
    <ol className={classes.cards} aria-label={say("web.overview.stages")}>
      {stages.map((stage) => (
        <li key={stage.key}>
          <Name stage={stage} onOpen={onOpen} />
          <dl>
            <dt>{say("web.overview.customers")}</dt>
            <dd>
              <Reached stage={stage} />
            </dd>
            <dt>{say("web.overview.conversion")}</dt>
            <dd>
              <Conversion stage={stage} />
            </dd>
            <dt>{say("web.overview.dwell")}</dt>
            <dd>
              <Dwell stage={stage} />
            </dd>
            {(stage.feelings ?? []).map((felt) => (
              <Fragment key={felt.of}>
                <dt>{felt.title}</dt>
                <dd>
                  <Feeling felt={felt} />
                </dd>
              </Fragment>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Name({ stage, onOpen }: { stage: Stage; onOpen: (stage: Stage) => void }) {
  const say = useSay();
  return (
    <button
      type="button"
      className={classes.name}
      onClick={() => onOpen(stage)}
      disabled={!stage.reached.value}
    >
      {stage.name}
      <span>{say("web.chart.who")}</span>
    </button>
  );
}
