import { Switch, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Channel, useNameChannel } from "@/hooks/useModel";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { refused, undoable } from "@/parts/notice";
import { useSay } from "@/words/say";

/** Asks what a channel is called, and whether it is online. */
export function NameChannel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const say = useSay();
  const name = useNameChannel();
  const [zh, setZh] = useState(channel.known ? channel.name.zh : "");
  const [en, setEn] = useState(channel.known ? channel.name.en : "");
  const [online, setOnline] = useState(channel.online ?? true);
  const { key, known } = channel;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const before = { key, name: channel.name, online: channel.online ?? true };
    const called = { zh: zh.trim(), en: en.trim() };
    name.mutate(
      { key, name: called, online },
      {
        onSuccess: () => {
          const done = say("web.settings.channel_named", { key, name: called[say.lang] });
          undoable(done, say("web.do.undo"), () => name.mutate(before, { onError: refused }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={say("web.settings.channel_name", { key: known ? channel.name[say.lang] : key })}
    >
      <form className={dialog.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          required
          label={say("web.settings.name_zh")}
          maxLength={100}
          value={zh}
          onChange={(event) => setZh(event.currentTarget.value)}
        />
        <TextInput
          required
          label={say("web.settings.name_en")}
          maxLength={100}
          value={en}
          onChange={(event) => setEn(event.currentTarget.value)}
        />
        <Switch
          label={say("web.settings.is_online")}
          description={say("web.settings.is_online_why")}
          checked={online}
          onChange={(event) => setOnline(event.currentTarget.checked)}
        />
        <Decide by={name} verb={say("web.do.save")} ready={!!zh.trim() && !!en.trim()} />
      </form>
    </Dialog>
  );
}
