import { Button, TagsInput } from "@mantine/core";
import { useState } from "react";
import type { Asking } from "@/hooks/useIdentity";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";

const USUAL = ["email", "phone", "unionid", "openid", "member", "device"];

/** Which kinds of identifier join customers. */
export function Rules({ joins, onAsk }: { joins: string[]; onAsk?: (asking: Asking) => void }) {
  const say = useSay();
  const [kinds, setKinds] = useState(joins);
  const changed = JSON.stringify([...kinds].sort()) !== JSON.stringify([...joins].sort());
  return (
    <div className={classes.stack}>
      <p className={classes.faint}>{say(joins.length ? "web.data.rules_about" : "web.data.rules_none")}</p>
      {onAsk && (
        <div className={classes.find}>
          <TagsInput
            aria-label={say("web.data.rules_kinds")}
            placeholder={kinds.length ? undefined : say("web.data.rules_kinds")}
            data={USUAL}
            value={kinds}
            onChange={setKinds}
          />
          <Button
            variant="default"
            disabled={!changed}
            onClick={() => onAsk({ what: "rules", body: { joins: kinds } })}
          >
            {say("web.data.look_first")}
          </Button>
        </div>
      )}
      {!onAsk && joins.length > 0 && <p>{joins.join(" · ")}</p>}
    </div>
  );
}
