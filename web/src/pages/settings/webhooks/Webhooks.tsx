import { Button, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useWebhookActions, useWebhooks, type Webhook } from "@/hooks/useWebhooks";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Ending } from "@/parts/Ending";
import { refused, told } from "@/parts/notice";
import { Once } from "@/parts/Once";
import { useSay } from "@/words/say";
import { Listing, Make } from "../Listing";
import classes from "../Settings.module.css";
import { AddWebhook } from "./AddWebhook";
import { Deliveries } from "./Deliveries";

/** Where messages are sent when something happens, and what came of each. */
export function Webhooks() {
  const say = useSay();
  const [adding, { open, close }] = useDisclosure();
  return (
    <>
      <Listing
        found={useWebhooks()}
        about={say("web.settings.webhooks_about")}
        none={say("web.settings.no_webhooks")}
        make={<Make word={say("web.settings.new_webhook")} onClick={open} />}
      >
        {(webhooks) => webhooks.map((one) => <One key={one.id} webhook={one} />)}
      </Listing>
      <AddWebhook opened={adding} onClose={close} />
    </>
  );
}

function One({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const { change, remove, renew, test } = useWebhookActions();
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
          <Ending
            of={webhook.id}
            by={remove}
            size="xs"
            verb={say("web.do.delete")}
            title={say("web.settings.webhook_sure")}
            why={say("web.settings.webhook_sure_why", { url: webhook.url })}
          />
        </div>
        {logged && <Deliveries id={webhook.id} />}
      </div>
    </Card>
  );
}
