import { Skeleton } from "@mantine/core";
import {
  IconClick,
  IconMap2,
  IconMessage2Star,
  IconReceipt,
  IconSparkles,
  IconStar,
  IconTicket,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Start.module.css";
import { useKinds } from "./useKinds";

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const ICONS: Record<string, Icon> = {
  survey: IconMessage2Star,
  orders: IconReceipt,
  behaviour: IconClick,
  reviews: IconStar,
  tickets: IconTicket,
};

/** What do you have? Each answer leads on from there. */
export function Question() {
  const say = useSay();
  const kinds = useKinds();
  if (kinds.isError) return <Problem error={kinds.error} retry={() => kinds.refetch()} />;
  return (
    <>
      <ul className={classes.kinds}>
        {kinds.isPending &&
          Object.keys(ICONS).map((kind) => (
            <li key={kind}>
              <Skeleton height={112} radius={12} />
            </li>
          ))}
        {kinds.data?.map(({ kind, title, what }) => (
          <Choice key={kind} to={kind} icon={ICONS[kind] ?? IconSparkles} title={title} what={what} />
        ))}
        <Choice to="map" icon={IconMap2} title={say("web.start.map")} what={say("web.start.map_what")} />
      </ul>
      <p className={classes.nothing}>
        <Choosing to="nothing">{say("web.start.nothing")}</Choosing>
        <span>{say("web.start.nothing_what")}</span>
      </p>
      <p className={classes.nothing}>
        <Choosing to="upload">{say("web.start.just_upload")}</Choosing>
        <span>{say("web.start.just_upload_what")}</span>
      </p>
    </>
  );
}

function Choosing({ to, children }: { to: string; children: React.ReactNode }) {
  const ws = useWorkspaceName();
  return <Link to={`/w/${encodeURIComponent(ws)}/start/${to}`}>{children}</Link>;
}

function Choice({ to, icon: Icon, title, what }: { to: string; icon: Icon; title: string; what: string }) {
  return (
    <li>
      <Choosing to={to}>
        <Icon size={20} stroke={1.5} />
        <b>{title}</b>
        <span>{what}</span>
      </Choosing>
    </li>
  );
}
