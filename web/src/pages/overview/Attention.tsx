import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconTrendingDown } from "@tabler/icons-react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { useSay } from "@/words/say";
import classes from "./Attention.module.css";
import { placeOf } from "./place";
import type { Matter } from "./types";

const ICONS = { worse: IconTrendingDown, warning: IconAlertTriangle, info: IconInfoCircle } as const;

/** What needs a person's eye, each with the way to where it is dealt with. */
export function Attention({ matters }: { matters: Matter[] }) {
  const say = useSay();
  const ws = useWorkspaceName();
  return (
    <Card title={say("web.overview.attention")}>
      {matters.length === 0 && (
        <p className={classes.calm}>
          <IconCircleCheck size={16} stroke={1.7} />
          {say("web.overview.all_well")}
        </p>
      )}
      <ul className={classes.matters}>
        {matters.map(({ code, level, text, target }) => {
          const Icon = ICONS[level];
          return (
            <li key={code + text} data-level={level}>
              <Icon size={16} stroke={1.7} aria-hidden="true" />
              <Link to={placeOf(ws, target)}>{text}</Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
