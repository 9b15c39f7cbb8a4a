import { ActionIcon, Button, Switch } from "@mantine/core";
import type { Option } from "@survey/definition";
import { IconChevronDown, IconChevronUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import { blankOption } from "./definition";
import classes from "./Editor.module.css";
import { Texts } from "./Texts";

interface Props<One extends Option> {
  label: string;
  options: One[];
  languages: readonly string[];
  onChange: (options: One[]) => void;
  /** Whether an option may keep its place, and stand alone. */
  marks?: ("fixed" | "alone")[];
  /** What else an option has. */
  /** How few and how many there may be. */
  least?: number;
  most?: number;
  more?: (option: One, change: (option: One) => void) => React.ReactNode;
}

/** What may be chosen: texts in every language, in their order. */
export function Options<One extends Option>({
  label,
  options,
  languages,
  onChange,
  marks = [],
  least = 1,
  most = 500,
  more,
}: Props<One>) {
  const say = useSay();
  const put = (at: number, option: One) =>
    onChange(options.map((one, place) => (place === at ? option : one)));
  const swap = (at: number, to: number) => {
    const next = [...options];
    const [one, other] = [next[at], next[to]];
    if (!one || !other) return;
    next[at] = other;
    next[to] = one;
    onChange(next);
  };
  const add = () => {
    const last = options[options.length - 1];
    onChange([
      ...options,
      { ...last, fixed: undefined, alone: undefined, ...blankOption(options.map((one) => one.key)) } as One,
    ]);
  };
  return (
    <fieldset className={classes.options}>
      <legend>{label}</legend>
      {options.map((one, at) => {
        const name = say("web.surveys.option", { n: at + 1 });
        return (
          <div key={one.key} className={classes.option}>
            <Texts
              bare
              label={name}
              value={one.text}
              languages={languages}
              onChange={(text) => put(at, { ...one, text })}
            />
            <div className={classes.tools}>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === 0}
                aria-label={say("web.surveys.up", { name })}
                onClick={() => swap(at, at - 1)}
              >
                <IconChevronUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === options.length - 1}
                aria-label={say("web.surveys.down", { name })}
                onClick={() => swap(at, at + 1)}
              >
                <IconChevronDown size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={options.length <= least}
                aria-label={say("web.do.remove_named", { name })}
                onClick={() => onChange(options.filter((_, place) => place !== at))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </div>
            {(marks.length > 0 || more) && (
              <div className={classes.marks}>
                {more?.(one, (option) => put(at, option))}
                {marks.map((mark) => (
                  <Switch
                    key={mark}
                    size="xs"
                    label={say(`web.surveys.${mark}`)}
                    checked={one[mark] ?? false}
                    onChange={(event) =>
                      put(at, { ...one, [mark]: event.currentTarget.checked || undefined })
                    }
                  />
                ))}
              </div>
            )}
          </div>
        );
      })}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={13} />}
        disabled={options.length >= most}
        onClick={add}
      >
        {say("web.surveys.add_option")}
      </Button>
    </fieldset>
  );
}
