import { Button, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useWebhookActions, useWebhooks, type Webhook } from "@/hooks/useWebhooks";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Confirm } from "@/parts/Confirm";
import { Empty } from "@/parts/Empty";
import { refused, told } from "@/parts/notice";
import { Once } from "@/parts/Once";
import { Problem } from "@/parts/Problem";
import { RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";
import { AddWebhook } from "./AddWebhook";
import { Deliveries } from "./Deliveries";

/** Where messages are sent when something happens, and what came of each. */
export function Webhooks() {
  const say = useSay();
  const found = useWebhooks();
  const [adding, { open, close }] = useDisclosure();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {say("web.settings.new_webhook")}
    </Button>
  );
  return (
    <div className={classes.stack}>
      {found.data.length ? (
        <>
          <div className={classes.bar}>
            <p>{say("web.settings.webhooks_about")}</p>
            {add}
          </div>
          {found.data.map((one) => (
            <One key={one.id} webhook={one} />
          ))}
        </>
      ) : (
        <Empty title={say("web.settings.no_webhooks")} why={say("web.settings.webhooks_about")}>
          {add}
        </Empty>
      )}
      <AddWebhook opened={adding} onClose={close} />
    </div>
  );
}

function One({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const { change, remove, renew, test } = useWebhookActions();
  const [sure, { open, close }] = useDisclosure();
  const [logged, setLogged] = useState(false);
  return (
    <Card
      title={webhook.url}
      aside={
        <Switch
          size="xs"
          label={say(webhook.enabled ? "web.settings.on_now" : "web.settings.off_now")}
          checked={webhook.enabled}
          onChange={(event) =>
            change.mutate({ id: webhook.id, enabled: event.currentTarget.checked }, { onError: refused })
          }
        />
      }
    >
      <div className={classes.stack}>
        {webhook.description && <p>{webhook.description}</p>}
        <div className={classes.actions}>
          {webhook.types.length ? (
            webhook.types.map((type) => (
              <Chip key={type}>{say.known(`web.settings.type_${type.replace(".", "_")}`, type)}</Chip>
            ))
          ) : (
            <Chip>{say("web.settings.all_types")}</Chip>
          )}
          {webhook.reason && <Chip tone="bad">{webhook.reason}</Chip>}
        </div>
        {renew.data && <Once secret={renew.data.secret} about={say("web.settings.secret_about")} />}
        <div className={classes.actions}>
          <Button
            variant="default"
            size="xs"
            loading={test.isPending}
            onClick={() =>
              test.mutate(webhook.id, {
                onSuccess: () => {
                  told(say("web.settings.test_sent"));
                  setLogged(true);
                },
                onError: refused,
              })
            }
          >
            {say("web.settings.send_test")}
          </Button>
          <Button variant="default" size="xs" aria-expanded={logged} onClick={() => setLogged(!logged)}>
            {say("web.settings.deliveries")}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            loading={renew.isPending}
            onClick={() => renew.mutate(webhook.id, { onError: refused })}
          >
            {say("web.settings.new_secret")}
          </Button>
          <Button variant="subtle" color="gray" c="var(--worse)" size="xs" onClick={open}>
            {say("web.do.delete")}
          </Button>
        </div>
        {logged && <Deliveries id={webhook.id} />}
      </div>
      <Confirm
        opened={sure}
        onClose={close}
        title={say("web.settings.webhook_sure")}
        verb={say("web.do.delete")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(webhook.id, { onSuccess: close })}
      >
        <p>{say("web.settings.webhook_sure_why", { url: webhook.url })}</p>
      </Confirm>
    </Card>
  );
}
