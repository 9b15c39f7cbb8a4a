import { Popover, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import type { AnalysisForm } from "@/api/types";
import { useSay } from "@/words/say";
import classes from "./AnalysisSwitcher.module.css";
import { GROUPS, iconOf } from "./analyses";

interface Props {
  forms: AnalysisForm[];
  chosen: AnalysisForm | undefined;
  onChoose: (form: AnalysisForm) => void;
}

/** Which question is asked: all of them by what one wants to know. */
export function AnalysisSwitcher({ forms, chosen, onChoose }: Props) {
  const say = useSay();
  const [open, { toggle, close }] = useDisclosure();
  const Icon = iconOf(chosen?.name ?? "");
  return (
    <Popover
      opened={open}
      onChange={close}
      position="bottom-start"
      trapFocus
      returnFocus
      width="min(760px, 94vw)"
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.target}
          onClick={toggle}
          aria-expanded={open}
          aria-label={say("web.explore.switch", { name: chosen?.title ?? "" })}
        >
          <Icon size={18} stroke={1.7} />
          <b>{chosen?.title ?? "…"}</b>
          <IconChevronDown size={14} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={say("web.explore.analyses")}>
        {GROUPS.map(({ head, names }) => (
          <section key={head}>
            <h3>{say(head)}</h3>
            {names.map((name) => {
              const form = forms.find((one) => one.name === name);
              const Sign = iconOf(name);
              return (
                form && (
                  <UnstyledButton
                    key={name}
                    className={`${classes.one} ${form === chosen ? classes.on : ""}`}
                    aria-current={form === chosen || undefined}
                    onClick={() => {
                      close();
                      onChoose(form);
                    }}
                  >
                    <Sign size={16} stroke={1.7} />
                    <span>
                      <b>{form.title}</b>
                      <small>{form.what}</small>
                    </span>
                  </UnstyledButton>
                )
              );
            })}
          </section>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
