import { Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import type { Of } from "@/api/schemas";
import type { Role } from "@/api/types";
import { useTokenActions, useTokens } from "@/hooks/useTokens";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Ending } from "@/parts/Ending";
import { OnceMade } from "@/parts/Once";
import { Rows } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { Listing, Make } from "../Listing";
import classes from "../Settings.module.css";
import { useRoleChoices } from "./roles";

type Token = Of<"TokenSeen">;
const DAYS = ["30", "90", "365", ""];

/** Tokens with which one's own programs act. */
export function Tokens() {
  const say = useSay();
  const [making, { open, close }] = useDisclosure();
  return (
    <>
      <Listing
        found={useTokens()}
        about={say("web.settings.tokens_about")}
        none={say("web.settings.no_tokens")}
        make={<Make word={say("web.settings.new_token")} onClick={open} />}
      >
        {(tokens) => (
          <Card flush>
            <TokenRows tokens={tokens} />
          </Card>
        )}
      </Listing>
      <Dialog opened={making} onClose={close} title={say("web.settings.new_token")}>
        <NewToken onDone={close} />
      </Dialog>
    </>
  );
}

function TokenRows({ tokens }: { tokens: Token[] }) {
  const say = useSay();
  const { revoke } = useTokenActions();
  const zone = useZone();
  return (
    <Rows
      label={say("web.settings.tokens")}
      heads={[
        { key: "name", title: say("web.settings.for") },
        { key: "role", title: say("web.settings.at_most"), extra: true },
        { key: "where", title: say("web.settings.where"), extra: true },
        { key: "used", title: say("web.settings.used"), extra: true },
        { key: "until", title: say("web.settings.until") },
        { key: "revoke", title: say("web.do.revoke"), unseen: true },
      ]}
      rows={tokens.map((one) => ({
        key: one.id,
        quiet: one.revoked !== null,
        cells: [
          <span key="name">
            <b>{one.name}</b> <code className={classes.faint}>…{one.ends}</code>
          </span>,
          say(`web.settings.role_${one.role}`),
          one.workspaces?.join(say("values.and")) ?? say("web.settings.everywhere"),
          one.used ? moment(one.used, zone) : say("web.settings.never"),
          one.revoked ? (
            <Chip key="until">{say("web.settings.revoked", { when: moment(one.revoked, zone) })}</Chip>
          ) : one.expires ? (
            moment(one.expires, zone).slice(0, 10)
          ) : (
            say("web.boards.share_ever")
          ),
          !one.revoked && (
            <Ending
              key="revoke"
              of={one.id}
              by={revoke}
              verb={say("web.do.revoke")}
              title={say("web.settings.revoke_token", { name: one.name })}
              why={say("web.settings.revoke_token_why")}
            />
          ),
        ],
      }))}
    />
  );
}

function NewToken({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const choices = useRoleChoices();
  const { create } = useTokenActions();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [where, setWhere] = useState("here");
  const [days, setDays] = useState("90");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      name: name.trim(),
      role,
      workspaces: where === "here" ? [ws] : null,
      days: days ? Number(days) : null,
    });
  };
  if (create.data) {
    return <OnceMade secret={create.data.token} about={say("web.settings.token_made")} onDone={onDone} />;
  }
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        required
        label={say("web.settings.for")}
        placeholder={say("web.settings.for_like")}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={say("web.settings.at_most")}
        description={say(`web.settings.role_${role}_may`)}
        allowDeselect={false}
        data={choices}
        value={role}
        onChange={(next) => setRole((next ?? "viewer") as Role)}
      />
      <Select
        label={say("web.settings.where")}
        allowDeselect={false}
        value={where}
        onChange={(next) => setWhere(next ?? "here")}
        data={[
          { value: "here", label: say("web.settings.here") },
          { value: "everywhere", label: say("web.settings.everywhere") },
        ]}
      />
      <Select
        label={say("web.boards.share_until")}
        allowDeselect={false}
        value={days}
        onChange={(next) => setDays(next ?? "")}
        data={DAYS.map((value) => ({
          value,
          label: value ? say("web.boards.share_days", { n: Number(value) }) : say("web.boards.share_ever"),
        }))}
      />
      <Decide by={create} verb={say("web.settings.make_token")} ready={!!name.trim()} />
    </form>
  );
}
