import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconCheck, IconDots, IconMapPin } from "@tabler/icons-react";
import { useState } from "react";
import { Problem } from "@/parts/Problem";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import { Face } from "./Face";
import { pieces } from "./mentioning";
import { show } from "./picture";
import talk from "./Talk.module.css";
import classes from "./ThreadView.module.css";
import { type Comment, type Thread, useCommentActions } from "./useTalk";
import { Words } from "./Words";

interface Props {
  id: string;
  thread: Thread;
  settles: boolean;
  removes: boolean;
}

/** A thread: what it is about, what was said, and whether it is settled. */
export function ThreadView({ id, thread, settles, removes }: Props) {
  const say = useSay();
  const { reply, settle } = useCommentActions(id);
  const [answering, setAnswering] = useState(false);
  const [first] = thread.comments;
  const mine = settles || first?.yours === true;
  const { part, key } = thread;
  return (
    <article className={talk.thread} data-settled={thread.resolved !== null || undefined}>
      <header>
        {key === null ? (
          <span className={classes.gone}>{say("web.maps.together.gone", { what: thread.called })}</span>
        ) : (
          <button
            type="button"
            className={talk.place}
            disabled={part === "map"}
            onClick={() => show({ part, key })}
          >
            <IconMapPin size={12} />
            <span>
              {part === "map" ? say("web.maps.together.whole") : `${thread.called} · ${thread.name}`}
            </span>
          </button>
        )}
        {mine && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconCheck size={12} />}
            loading={settle.isPending}
            onClick={() => settle.mutate({ id: thread.id, resolved: thread.resolved === null })}
          >
            {say(thread.resolved === null ? "web.maps.together.settle" : "web.maps.together.reopen")}
          </Button>
        )}
      </header>
      {thread.comments.map((one) => (
        <Said key={one.id} id={id} comment={one} removes={removes} />
      ))}
      {thread.resolver && (
        <p className={talk.soft}>{say("web.maps.together.settled_by", { name: thread.resolver.name })}</p>
      )}
      {answering ? (
        <Words
          focus
          label={say("web.maps.together.answer")}
          verb={say("web.maps.together.answer")}
          busy={reply.isPending}
          onCancel={() => setAnswering(false)}
          onSay={(body, mentions) =>
            reply.mutate({ to: thread.id, body, mentions }, { onSuccess: () => setAnswering(false) })
          }
        />
      ) : (
        <Button size="compact-xs" variant="subtle" className={talk.answer} onClick={() => setAnswering(true)}>
          {say("web.maps.together.answer")}
        </Button>
      )}
      {(reply.error ?? settle.error) && <Problem error={(reply.error ?? settle.error) as Error} />}
    </article>
  );
}

function Said({ id, comment, removes }: { id: string; comment: Comment; removes: boolean }) {
  const say = useSay();
  const { change, remove } = useCommentActions(id);
  const [changing, setChanging] = useState(false);
  const name = comment.author?.name ?? say("web.maps.together.somebody");
  const may = comment.yours || removes;
  return (
    <div className={talk.said}>
      <Face id={comment.author?.id ?? ""} name={name} small />
      <div>
        <div className={talk.by}>
          <b>{name}</b>
          <span className={talk.soft}>
            {ago(comment.created, say.lang)}
            {comment.edited && comment.body && ` · ${say("web.maps.together.edited")}`}
          </span>
          {may && comment.body && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon
                  size={20}
                  variant="subtle"
                  color="gray"
                  aria-label={say("web.maps.together.with_comment")}
                >
                  <IconDots size={13} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {comment.yours && (
                  <Menu.Item onClick={() => setChanging(true)}>{say("web.maps.together.edit")}</Menu.Item>
                )}
                <Menu.Item onClick={() => remove.mutate(comment.id)}>{say("web.do.remove")}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
        {changing ? (
          <Words
            focus
            label={say("web.maps.together.say")}
            verb={say("web.do.save")}
            text={comment.body}
            busy={change.isPending}
            onCancel={() => setChanging(false)}
            onSay={(body, mentions) =>
              change.mutate({ id: comment.id, body, mentions }, { onSuccess: () => setChanging(false) })
            }
          />
        ) : (
          <p className={comment.body ? talk.body : talk.soft}>
            {comment.body
              ? pieces(comment.body, comment.mentions).map((one, place) =>
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no names
                  one.named ? <mark key={place}>{one.text}</mark> : <span key={place}>{one.text}</span>,
                )
              : say("web.maps.together.taken_back")}
          </p>
        )}
        {(change.error ?? remove.error) && <Problem error={(change.error ?? remove.error) as Error} />}
      </div>
    </div>
  );
}
