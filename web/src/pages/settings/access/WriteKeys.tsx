import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useWriteKeyActions, useWriteKeys } from "@/hooks/useWriteKeys";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Confirm } from "@/parts/Confirm";
import { Empty } from "@/parts/Empty";
import { refused } from "@/parts/notice";
import { Once } from "@/parts/Once";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";

/** The keys with which programs send events: shown once, good until they are revoked. */
export function WriteKeys() {
  const say = useSay();
  const zone = useZone();
  const found = useWriteKeys();
  const { create, revoke } = useWriteKeyActions();
  const [ending, setEnding] = useState<{ number: number; ends: string } | null>(null);
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const make = (
    <Button
      leftSection={<IconPlus size={14} />}
      loading={create.isPending}
      onClick={() => create.mutate(undefined, { onError: refused })}
    >
      {say("web.data.send_key_new")}
    </Button>
  );
  if (!found.data.length)
    return (
      <Empty title={say("web.settings.no_keys")} why={say("web.data.send_key_why")}>
        {make}
      </Empty>
    );
  return (
    <div className={classes.stack}>
      <div className={classes.bar}>
        <p>{say("web.data.send_key_why")}</p>
        {make}
      </div>
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
          rows={found.data.map((one) => ({
            key: String(one.number),
            quiet: one.revoked !== null,
            cells: [
              <code key="key">…{one.ends}</code>,
              moment(one.created, zone),
              one.revoked ? (
                <Chip key="state">{say("web.settings.revoked", { when: moment(one.revoked, zone) })}</Chip>
              ) : (
                <Chip key="state" tone="good">
                  {say("web.settings.good")}
                </Chip>
              ),
              !one.revoked && (
                <Button
                  key="revoke"
                  variant="subtle"
                  color="gray"
                  c="var(--worse)"
                  size="compact-sm"
                  onClick={() => setEnding(one)}
                >
                  {say("web.do.revoke")}
                </Button>
              ),
            ],
          }))}
        />
      </Card>
      <Confirm
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={say("web.settings.revoke_key", { ends: ending?.ends ?? "" })}
        verb={say("web.do.revoke")}
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => ending && revoke.mutate(ending.number, { onSuccess: () => setEnding(null) })}
      >
        <p>{say("web.settings.revoke_key_why")}</p>
      </Confirm>
    </div>
  );
}
