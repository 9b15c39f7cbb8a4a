import { Button, Menu, Skeleton } from "@mantine/core";
import { IconDots, IconMicrophone, IconPencil, IconTrash } from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Confirm } from "@/parts/Confirm";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { ExportMenu } from "./ExportMenu";
import { Marked } from "./Marked";
import { Recording } from "./Recording";
import { type Interview, SOUNDS } from "./types";
import { useInterview, useInterviewActions } from "./useInterviews";

const EditText = lazy(() => import("./EditText").then((found) => ({ default: found.EditText })));

/** One text to be read and marked. */
export function Reader() {
  const say = useSay();
  const { id = "" } = useParams();
  const { may } = useRole();
  const found = useInterview(id);
  const text = found.data;
  return (
    <Page
      title={text?.title ?? say("web.interviews.heading")}
      back={{ to: "interviews/texts", label: say("web.interviews.back") }}
      about={text ? aboutOf(text, say) : " "}
      actions={
        text && (
          <>
            {text.highlights.length > 0 && <ExportMenu asked={{ interview: id }} />}
            {may("analyst") && <Changes text={text} />}
          </>
        )
      }
    >
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <Skeleton height={480} radius={12} />}
      {text && <Recording text={text} />}
      {text && <Marked key={id} text={text} />}
    </Page>
  );
}

function aboutOf(text: Interview, say: ReturnType<typeof useSay>): string {
  const long = text.pages?.length
    ? say("web.interviews.pages", { n: text.pages.length })
    : say("web.interviews.characters", { n: Array.from(text.text).length });
  return [
    say(`web.interviews.form_${text.form ?? "interview"}`),
    text.date,
    text.customer && say("web.interviews.of_customer", { customer: text.customer }),
    text.source,
    long,
  ]
    .filter(Boolean)
    .join(" · ");
}

function Changes({ text }: { text: Interview }) {
  const say = useSay();
  const go = useNavigate();
  const ws = encodeURIComponent(useWorkspaceName());
  const { remove, record, unrecord } = useInterviewActions();
  const input = useRef<HTMLInputElement>(null);
  const failed = record.error ?? unrecord.error;
  const [doing, setDoing] = useState<"edit" | "remove" | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label={say("web.do.more_of", { name: text.title })}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setDoing("edit")}>
            {say("web.interviews.edit")}
          </Menu.Item>
          {text.recording ? (
            <Menu.Item leftSection={<IconMicrophone size={14} />} onClick={() => unrecord.mutate(text.id)}>
              {say("web.interviews.unrecord")}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconMicrophone size={14} />} onClick={() => input.current?.click()}>
              {say("web.interviews.record")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => setDoing("remove")}>
            {say("web.do.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        accept={SOUNDS}
        aria-label={say("web.interviews.record")}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) record.mutate({ id: text.id, file });
          event.currentTarget.value = "";
        }}
      />
      {failed && <Problem error={failed} />}
      <Suspense>{doing === "edit" && <EditText text={text} onClose={() => setDoing(null)} />}</Suspense>
      <Confirm
        opened={doing === "remove"}
        onClose={() => setDoing(null)}
        title={say("web.interviews.delete_sure", { title: text.title })}
        verb={say("web.do.delete")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(text.id, { onSuccess: () => go(`/w/${ws}/interviews/texts`) })}
      >
        <p>{say("web.interviews.delete_why", { n: text.highlights.length })}</p>
      </Confirm>
    </>
  );
}
