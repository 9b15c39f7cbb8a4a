import { Button, Skeleton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Problem } from "@/parts/Problem";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import type { MapDocument } from "../document";
import { Face } from "./Face";
import classes from "./History.module.css";
import { namesOf } from "./named";
import type { About } from "./panel";
import talk from "./Talk.module.css";
import { useHistory } from "./usePast";

interface Props {
  id: string;
  map: MapDocument;
  about: About | null;
  onAbout: (about: About | null) => void;
}

/** What was done to the map, or to a part of it, by whom. */
export function History({ id, map, about, onAbout }: Props) {
  const say = useSay();
  const found = useHistory(id, about);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  return (
    <>
      {about && (
        <div className={talk.about}>
          <b>{namesOf(map, say.lang).called(about)}</b>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={12} />}
            onClick={() => onAbout(null)}
          >
            {say("web.maps.together.whole_history")}
          </Button>
        </div>
      )}
      {found.isPending && <Skeleton height={160} />}
      {found.data?.steps.length === 0 && <p className={talk.soft}>{say("web.maps.together.nothing_done")}</p>}
      <ol className={classes.history}>
        {found.data?.steps.map((one) => (
          <li key={one.step}>
            <Face id={one.author ?? one.by} name={one.by} small />
            <div>
              <p className={talk.body}>
                <b>{one.by}</b> {one.text}
              </p>
              <span className={talk.soft}>
                {ago(one.time, say.lang)} · {say("web.maps.together.step", { n: one.step })}
              </span>
            </div>
          </li>
        ))}
      </ol>
      {found.data?.more && <p className={talk.soft}>{say("web.maps.together.older")}</p>}
    </>
  );
}
