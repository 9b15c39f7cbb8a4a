import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useWriteKeyActions } from "@/hooks/useWriteKeys";
import { Card } from "@/parts/Card";
import { Code } from "@/parts/Code";
import { refused } from "@/parts/notice";
import { Once } from "@/parts/Once";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";
import { snippet, WAYS, type Way } from "./snippets";

/** How to send events: a key, and the code that uses it. */
export function Sending() {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const { may } = useRole();
  const { create } = useWriteKeyActions();
  const [way, setWay] = useState<Way>("browser");
  const key = create.data?.key;
  return (
    <div className={classes.stack}>
      <Card title={say("web.data.send_key")}>
        <div className={classes.stack}>
          <p>{say(may("admin") ? "web.data.send_key_why" : "web.data.send_key_role")}</p>
          {key ? (
            <Once secret={key} about={say("web.data.send_key_made")} />
          ) : (
            may("admin") && (
              <div className={classes.find}>
                <Button
                  loading={create.isPending}
                  onClick={() => create.mutate(undefined, { onError: refused })}
                >
                  {say("web.data.send_key_new")}
                </Button>
                <Link className={classes.go} to={`/w/${ws}/settings/keys`}>
                  {say("web.data.send_key_all")}
                </Link>
              </div>
            )
          )}
        </div>
      </Card>
      <Card title={say("web.data.send_code")}>
        <div className={classes.stack}>
          <div>
            <SegmentedControl
              value={way}
              onChange={(next) => setWay(next as Way)}
              data={WAYS.map((one) => ({ value: one, label: say(`web.data.way_${one}`) }))}
              aria-label={say("web.data.send_code")}
            />
          </div>
          <p className={classes.faint}>{say(`web.data.way_${way}_why`)}</p>
          <Code text={snippet(way, location.origin, key ?? "wk_…")} label={say(`web.data.way_${way}`)} />
        </div>
      </Card>
      <p className={classes.faint}>{say("web.data.send_then")}</p>
    </div>
  );
}
