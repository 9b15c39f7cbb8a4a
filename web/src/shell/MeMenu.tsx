import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconUserCircle } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useSession, useSignOut } from "@/hooks/useSession";
import { speak } from "@/words";
import { LANGS } from "@/words/key";
import { useSay } from "@/words/say";

const SCHEMES = ["auto", "light", "dark"] as const;

/** Language, light or dark, and leaving. */
export function MeMenu() {
  const say = useSay();
  const session = useSession();
  const leave = useSignOut();
  const go = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const tick = (on: boolean) => (on ? <IconCheck size={14} /> : <span style={{ width: 14 }} />);
  const person = session.data?.person;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={say("web.shell.me")}>
          <IconUserCircle size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {person && <Menu.Label>{person.name || person.email}</Menu.Label>}
        {LANGS.map((lang) => (
          <Menu.Item key={lang} leftSection={tick(say.lang === lang)} onClick={() => speak(lang)}>
            <span lang={lang}>{say(`web.shell.in_${lang}`)}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        {SCHEMES.map((one) => (
          <Menu.Item key={one} leftSection={tick(colorScheme === one)} onClick={() => setColorScheme(one)}>
            {say(`web.shell.scheme_${one}`)}
          </Menu.Item>
        ))}
        {person && !session.data?.local && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => leave.mutate(undefined, { onSuccess: () => go("/sign-in") })}>
              {say("web.shell.sign_out")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
