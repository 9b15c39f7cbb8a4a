import { useWriteKeyActions, useWriteKeys } from "@/hooks/useWriteKeys";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Ending } from "@/parts/Ending";
import { refused } from "@/parts/notice";
import { Once } from "@/parts/Once";
import { Rows } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { Listing, Make } from "../Listing";

/** The keys with which programs send events: shown once, good until they are revoked. */
export function WriteKeys() {
  const say = useSay();
  const zone = useZone();
  const { create, revoke } = useWriteKeyActions();
  return (
    <Listing
      found={useWriteKeys()}
      about={say("web.data.send_key_why")}
      none={say("web.settings.no_keys")}
      make={
        <Make
          word={say("web.data.send_key_new")}
          busy={create.isPending}
          onClick={() => create.mutate(undefined, { onError: refused })}
        />
      }
    >
      {(keys) => (
        <>
          {create.data && <Once secret={create.data.key} about={say("web.settings.key_made")} />}
          <Card flush>
            <Rows
              label={say("web.settings.keys")}
              heads={[
                { key: "key", title: say("web.settings.key") },
                { key: "created", title: say("web.settings.made"), extra: true },
                { key: "state", title: say("web.settings.state") },
                { key: "revoke", title: say("web.do.revoke"), unseen: true },
              ]}
              rows={keys.map((one) => ({
                key: String(one.number),
                quiet: one.revoked !== null,
                cells: [
                  <code key="key">…{one.ends}</code>,
                  moment(one.created, zone),
                  one.revoked ? (
                    <Chip key="state">
                      {say("web.settings.revoked", { when: moment(one.revoked, zone) })}
                    </Chip>
                  ) : (
                    <Chip key="state" tone="good">
                      {say("web.settings.good")}
                    </Chip>
                  ),
                  !one.revoked && (
                    <Ending
                      key="revoke"
                      of={one.number}
                      by={revoke}
                      verb={say("web.do.revoke")}
                      title={say("web.settings.revoke_key", { ends: one.ends })}
                      why={say("web.settings.revoke_key_why")}
                    />
                  ),
                ],
              }))}
            />
          </Card>
        </>
      )}
    </Listing>
  );
}
