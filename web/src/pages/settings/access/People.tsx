import { Button, Menu, Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { Role } from "@/api/types";
import { type Member, usePeople, usePeopleActions } from "@/hooks/usePeople";
import { rolesUpTo, useRole } from "@/hooks/useRole";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Confirm } from "@/parts/Confirm";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { refused, told } from "@/parts/notice";
import { Once, OnceMade } from "@/parts/Once";
import { Rows } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { Listing, Make } from "../Listing";
import classes from "../Settings.module.css";
import { useRoleChoices } from "./roles";

/** Who is in the workspace, and what each may do. */
export function People() {
  const say = useSay();
  const { may } = useRole();
  const [inviting, { open, close }] = useDisclosure();
  return (
    <>
      <Listing
        found={usePeople()}
        about={say(may("admin") ? "web.settings.people_about" : "web.settings.people_look")}
        none={say("web.settings.nobody")}
        why={say("web.settings.nobody_why")}
        make={may("admin") && <Make word={say("web.settings.invite")} onClick={open} />}
      >
        {(people) => (
          <Card flush>
            <Members people={people} />
          </Card>
        )}
      </Listing>
      <Dialog opened={inviting} onClose={close} title={say("web.settings.invite")}>
        <Invite onDone={close} />
      </Dialog>
    </>
  );
}

function Members({ people }: { people: Member[] }) {
  const say = useSay();
  const zone = useZone();
  const { role, may } = useRole();
  const choices = useRoleChoices();
  const { change } = usePeopleActions();
  return (
    <Rows
      label={say("web.settings.people")}
      heads={[
        { key: "who", title: say("web.settings.who") },
        { key: "role", title: say("web.settings.role") },
        { key: "since", title: say("web.settings.since"), extra: true },
        { key: "more", title: say("web.settings.more"), unseen: true },
      ]}
      rows={people.map((one) => {
        const mine = may("admin") && rolesUpTo(role).includes(one.role);
        return {
          key: one.id,
          cells: [
            <span key="who">
              <b>{one.name || one.email}</b> {!one.signs_in && <Chip>{say("web.settings.not_yet")}</Chip>}
              {one.name && <div className={classes.faint}>{one.email}</div>}
            </span>,
            mine ? (
              <Select
                key="role"
                w={130}
                allowDeselect={false}
                data={choices}
                value={one.role}
                aria-label={say("web.settings.role_of", { name: one.name || one.email })}
                onChange={(next) =>
                  next && change.mutate({ id: one.id, role: next as Role }, { onError: refused })
                }
              />
            ) : (
              say(`web.settings.role_${one.role}`)
            ),
            moment(one.since, zone).slice(0, 10),
            mine && <MemberMenu key="more" member={one} />,
          ],
        };
      })}
    />
  );
}

function MemberMenu({ member }: { member: Member }) {
  const say = useSay();
  const { link, reset, remove } = usePeopleActions();
  const [sure, { open, close }] = useDisclosure();
  const [resetting, resets] = useDisclosure();
  const name = member.name || member.email;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={say("web.do.more_of", { name })}
          >
            <IconDots size={15} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {member.signs_in && (
            <Menu.Item onClick={resets.open}>{say("web.settings.reset_password")}</Menu.Item>
          )}
          {!member.signs_in && (
            <Menu.Item onClick={() => link.mutate(member.id, { onError: refused })}>
              {say("web.settings.new_link")}
            </Menu.Item>
          )}
          <Menu.Item onClick={open}>{say("web.settings.remove_person")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {[link, reset].map((one) => (
        <Dialog
          key={one === link ? "link" : "reset"}
          opened={Boolean(one.data?.link)}
          onClose={one.reset}
          title={say(one === link ? "web.settings.new_link" : "web.settings.reset_password")}
        >
          <Once secret={one.data?.link ?? ""} about={say("web.settings.link_about", { name })} />
        </Dialog>
      ))}
      <Confirm
        opened={resetting}
        onClose={resets.close}
        title={say("web.settings.reset_sure", { name })}
        verb={say("web.settings.reset_password")}
        busy={reset.isPending}
        error={reset.error}
        onConfirm={() => reset.mutate(member.id, { onSuccess: resets.close })}
      >
        <p>{say("web.settings.reset_why")}</p>
      </Confirm>
      <Confirm
        opened={sure}
        onClose={close}
        title={say("web.settings.remove_sure", { name })}
        verb={say("web.do.remove")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(member.id, { onSuccess: close })}
      >
        <p>{say("web.settings.remove_why")}</p>
      </Confirm>
    </>
  );
}

function Invite({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const choices = useRoleChoices();
  const { invite } = usePeopleActions();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(
      { email: email.trim(), name: name.trim(), role },
      {
        onSuccess: (made) => {
          if (made.link) return;
          told(say("web.settings.joined", { name: made.name || made.email }));
          onDone();
        },
      },
    );
  };
  if (invite.data?.link) {
    const who = invite.data.name || invite.data.email;
    return (
      <OnceMade
        secret={invite.data.link}
        about={say("web.settings.link_about", { name: who })}
        onDone={onDone}
      />
    );
  }
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        required
        type="email"
        label={say("web.settings.email")}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextInput
        label={say("web.settings.their_name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={say("web.settings.role")}
        description={say(`web.settings.role_${role}_may`)}
        allowDeselect={false}
        data={choices}
        value={role}
        onChange={(next) => setRole((next ?? "viewer") as Role)}
      />
      <Decide by={invite} verb={say("web.settings.let_in")} ready={!!email.trim()} />
    </form>
  );
}
