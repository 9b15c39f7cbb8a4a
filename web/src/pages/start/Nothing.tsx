import { Button, SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { of, send } from "@/api/http";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Code } from "@/parts/Code";
import { Once } from "@/parts/Once";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { Led } from "./Led";
import classes from "./Start.module.css";
import { snippet, WAYS, type Way } from "./snippet";
import { useKinds } from "./useKinds";

/** Nothing yet: an example to look around with, and how events come in by themselves. */
export function Nothing() {
  const say = useSay();
  const ws = useWorkspaceName();
  const kinds = useKinds().data ?? [];
  return (
    <Led title={say("web.start.nothing")} about={say("web.start.nothing_about")}>
      <div className={classes.two}>
        <Card title={say("web.start.example")}>
          <p className={classes.hint}>{say("web.start.example_what")}</p>
          <ul className={classes.plain}>
            {kinds.map(({ kind, title }) => (
              <li key={kind}>
                <Link to={`/w/${encodeURIComponent(ws)}/start/${kind}`}>{title}</Link>
              </li>
            ))}
          </ul>
          <p className={classes.hint}>{say("web.start.demo")}</p>
          <Code text="lvtu demo" label={say("web.start.example")} />
        </Card>
        <Sending ws={ws} />
      </div>
    </Led>
  );
}

function Sending({ ws }: { ws: string }) {
  const say = useSay();
  const { may } = useRole();
  const [way, setWay] = useState<Way>("curl");
  const make = useMutation({ mutationFn: () => send<{ key: string }>("POST", of(ws, "write-keys")) });
  const text = snippet(way, window.location.origin, make.data?.key ?? "wk_…");
  return (
    <Card title={say("web.start.send")}>
      <p className={classes.hint}>{say("web.start.send_what")}</p>
      {make.data ? (
        <Once secret={make.data.key} about={say("web.start.key_made")} />
      ) : (
        may("admin") && (
          <div className={classes.actions}>
            <Button variant="default" onClick={() => make.mutate()} loading={make.isPending}>
              {say("web.start.make_key")}
            </Button>
          </div>
        )
      )}
      {make.isError && <Problem error={make.error} />}
      <SegmentedControl
        className={classes.ways}
        value={way}
        onChange={(next) => setWay(next as Way)}
        data={[...WAYS]}
      />
      <Code text={text} label={way} />
      <p className={classes.hint}>{say("web.start.see_arrive")}</p>
    </Card>
  );
}
