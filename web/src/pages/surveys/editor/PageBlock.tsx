import { ActionIcon, Button, Menu, Switch } from "@mantine/core";
import type { Page, Survey } from "@survey/definition";
import { languagesOf } from "@survey/definition";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Finding } from "@/hooks/useSurveys";
import { useSay } from "@/words/say";
import {
  blank,
  changed,
  duplicated,
  inserted,
  KINDS,
  keysOf,
  pageChanged,
  pageRemoved,
  removed,
} from "./definition";
import classes from "./Editor.module.css";
import { Findings } from "./Findings";
import { Logic } from "./Logic";
import { QuestionCard } from "./QuestionCard";
import { earlierThan } from "./sentence";
import { Fold, MaybeTexts } from "./Texts";
import type { useOrder } from "./useOrder";

interface Props {
  survey: Survey;
  at: number;
  findings: Finding[];
  open: string | null;
  order: ReturnType<typeof useOrder>;
  onOpen: (key: string | null) => void;
  onChange: (survey: Survey) => void;
}

/** A page: its questions in their order, and what may be put on it. */
export function PageBlock({ survey, at, findings, open, order, onOpen, onChange }: Props) {
  const say = useSay();
  const page = survey.pages[at] as Page;
  const languages = languagesOf(survey);
  const begin = `pages[${at}].questions[`;
  const before = survey.pages.slice(0, at).reduce((sum, one) => sum + one.questions.length, 0);
  const mine = findings.filter((one) => one.place.startsWith(`pages[${at}]`) && !one.place.startsWith(begin));
  const put = (change: Partial<Page>) => onChange(pageChanged(survey, at, change));
  const add = (kind: Parameters<typeof blank>[0]) => {
    const question = blank(kind, keysOf(survey));
    onChange(inserted(survey, { page: at, at: page.questions.length }, question));
    onOpen(question.key);
  };
  return (
    <section className={classes.page} aria-label={say("web.surveys.page", { n: at + 1 })}>
      <div className={classes.pageHead}>
        <h2>{say("web.surveys.page", { n: at + 1 })}</h2>
        {survey.pages.length > 1 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={say("web.do.remove_named", { name: say("web.surveys.page", { n: at + 1 }) })}
            onClick={() => onChange(pageRemoved(survey, at))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        )}
      </div>
      <Findings of={mine} />
      <Fold title={say("web.surveys.page_parts")}>
        <MaybeTexts
          label={say("web.surveys.page_title")}
          value={page.title}
          languages={languages}
          onChange={(title) => put({ title })}
        />
        <MaybeTexts
          label={say("web.surveys.page_description")}
          value={page.description}
          languages={languages}
          onChange={(description) => put({ description })}
        />
        <Switch
          size="xs"
          label={say("web.surveys.page_shuffle")}
          checked={page.shuffle ?? false}
          onChange={(event) => put({ shuffle: event.currentTarget.checked || undefined })}
        />
        {at > 0 && (
          <Logic
            what={say("web.surveys.this_page")}
            condition={page.show_if}
            earlier={earlierThan(survey, at, 0)}
            onChange={(show_if) => put({ show_if })}
          />
        )}
      </Fold>
      <ol className={classes.cards}>
        {page.questions.map((question, place) => (
          <QuestionCard
            // biome-ignore lint/suspicious/noArrayIndexKey: two questions may have the same key until that is mended
            key={`${question.kind} ${place}`}
            question={question}
            number={before + place + 1}
            languages={languages}
            earlier={earlierThan(survey, at, place)}
            findings={findings.filter((one) => one.place.startsWith(`${begin}${place}]`))}
            open={open === question.key}
            held={order.held === question.key}
            grip={order.grip(question.key)}
            onOpen={() => onOpen(open === question.key ? null : question.key)}
            onChange={(next) => {
              onChange(changed(survey, { page: at, at: place }, next));
              if (open === question.key && next.key !== question.key) onOpen(next.key);
            }}
            onDuplicate={() => onChange(duplicated(survey, { page: at, at: place }))}
            onRemove={
              page.questions.length > 1 ? () => onChange(removed(survey, { page: at, at: place })) : undefined
            }
          />
        ))}
      </ol>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconPlus size={13} />}>
            {say("web.surveys.add_question")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {KINDS.map(({ group, kinds }) => [
            <Menu.Label key={group}>{say(`web.surveys.group_${group}`)}</Menu.Label>,
            ...kinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => add(kind)}>
                {say(`web.surveys.kind_${kind}`)}
              </Menu.Item>
            )),
          ])}
        </Menu.Dropdown>
      </Menu>
    </section>
  );
}
