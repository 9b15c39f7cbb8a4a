import { Button, NativeSelect, SegmentedControl, Skeleton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useBellNew, useReadBell } from "@/hooks/useBell";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { MapDocument } from "../document";
import { namesOf } from "./named";
import type { About } from "./panel";
import classes from "./Talk.module.css";
import { ThreadView } from "./ThreadView";
import { useCommentActions, useComments } from "./useTalk";
import { Words } from "./Words";

interface Props {
  id: string;
  map: MapDocument;
  about: About | null;
  onAbout: (about: About | null) => void;
}

/** What people say about the map and its parts. */
export function Comments({ id, map, about, onAbout }: Props) {
  const say = useSay();
  const found = useComments(id);
  const [which, setWhich] = useState("open");
  useSeen(id, found.dataUpdatedAt);
  const threads = (found.data?.threads ?? []).filter(
    (one) => !about || (one.part === about.part && (one.key ?? "") === about.key),
  );
  const shown = threads.filter((one) => (one.resolved === null) === (which === "open"));
  const settled = threads.filter((one) => one.resolved !== null).length;
  return (
    <>
      <Begin id={id} map={map} about={about} onAbout={onAbout} />
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <Skeleton height={120} />}
      {settled > 0 && (
        <SegmentedControl
          size="xs"
          value={which}
          onChange={setWhich}
          aria-label={say("web.maps.together.which")}
          data={[
            { value: "open", label: say("web.maps.together.open", { n: threads.length - settled }) },
            { value: "settled", label: say("web.maps.together.settled", { n: settled }) },
          ]}
        />
      )}
      {found.data && shown.length === 0 && (
        <p className={classes.soft}>{say("web.maps.together.nothing_said")}</p>
      )}
      {shown.map((one) => (
        <ThreadView
          key={one.id}
          id={id}
          thread={one}
          settles={found.data?.settles ?? false}
          removes={found.data?.removes ?? false}
        />
      ))}
    </>
  );
}

/** What of the map one speaks about, and what one says. */
function Begin({ id, map, about, onAbout }: Props) {
  const say = useSay();
  const { begin } = useCommentActions(id);
  const names = namesOf(map, say.lang);
  const here = about ?? { part: "map" as const, key: "" };
  const value = `${here.part}/${here.key}`;
  const parts = [
    { value: "map/", label: say("web.maps.together.whole") },
    ...names.stages.map((one) => ({ value: `stages/${one.key}`, label: one.name })),
    ...names.steps.map((one) => ({ value: `steps/${one.key}`, label: `  ${one.name}` })),
    ...names.lanes.map((one) => ({ value: `lanes/${one.key}`, label: `— ${one.name}` })),
  ];
  if (!parts.some((one) => one.value === value)) parts.push({ value, label: names.called(here) });
  return (
    <div className={classes.begin}>
      <div className={classes.about}>
        <NativeSelect
          size="xs"
          label={say("web.maps.together.about")}
          value={value}
          data={parts}
          onChange={(event) => {
            const [part = "map", ...key] = event.currentTarget.value.split("/");
            onAbout(part === "map" ? null : { part: part as About["part"], key: key.join("/") });
          }}
        />
        {about && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={12} />}
            onClick={() => onAbout(null)}
          >
            {say("web.maps.together.all")}
          </Button>
        )}
      </div>
      <Words
        label={say("web.maps.together.say")}
        verb={say("web.maps.together.do_say")}
        busy={begin.isPending}
        onSay={(body, mentions, done) => begin.mutate({ ...here, body, mentions }, { onSuccess: done })}
      />
      {begin.error && <Problem error={begin.error} />}
    </div>
  );
}

/** Whoever looks at the comments of a map has read what is under their bell because of them. */
function useSeen(id: string, looked: number) {
  const fresh = useBellNew().data?.new ?? 0;
  const { mutate } = useReadBell();
  useEffect(() => {
    if (fresh > 0 && looked > 0) mutate({ map: id });
  }, [id, fresh, looked, mutate]);
}
