import { ActionIcon, Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconPencil, IconQuote, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Chip } from "@/parts/Chip";
import { Confirm } from "@/parts/Confirm";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { CodingForm } from "./CodingForm";
import { clock } from "./clock";
import colours from "./colours.module.css";
import { ToInsight } from "./Evidence";
import classes from "./Reader.module.css";
import type { Code, Highlight } from "./types";
import { useMarking } from "./useInterviews";

interface Props {
  mark: Highlight;
  open: boolean;
  /** Its words are told too: where it does not stand beside them. */
  quoted?: boolean;
  quiet?: boolean;
  known: Code[];
  onOpen: (id: string | null) => void;
  /** It is being changed. */
  editing: boolean;
  onEdit: (editing: boolean) => void;
}

/** A highlight in the margin: its codes and its note; when it is open, also what may be done with it. */
export function Note({ mark, open, quoted = false, quiet = false, known, onOpen, editing, onEdit }: Props) {
  const say = useSay();
  const { may } = useRole();
  const { code, unmark } = useMarking(mark.interview);
  const [removing, setRemoving] = useState(false);
  const codes = mark.codes ?? [];
  const able = may("analyst");
  return (
    <div
      className={`${classes.note} ${colours[mark.colour ?? "yellow"]}`}
      data-note={mark.id}
      data-open={open}
      data-quiet={quiet && !open}
    >
      {editing ? (
        <>
          <CodingForm
            coding={{ codes, note: mark.note ?? "", colour: mark.colour ?? "yellow" }}
            known={known}
            verb={say("web.do.save")}
            busy={code.isPending}
            focus
            onCancel={() => onEdit(false)}
            onSave={(coding) =>
              code.mutate({ highlight: mark.id, ...coding }, { onSuccess: () => onEdit(false) })
            }
          />
          {code.error && <Problem error={code.error} />}
        </>
      ) : (
        <>
          <button
            type="button"
            className={classes.head}
            aria-expanded={open}
            onClick={() => onOpen(open ? null : mark.id)}
          >
            <span className={quoted ? classes.words : classes.unseen}>{mark.quote}</span>
            <span className={classes.chips}>
              {codes.map((one) => (
                <Chip key={one}>{one}</Chip>
              ))}
              {codes.length === 0 && !mark.note && <small>{say("web.interviews.no_code")}</small>}
            </span>
            {mark.note && <span className={classes.said}>{mark.note}</span>}
          </button>
          {open && (
            <div className={classes.acts}>
              <small>{mark.author_name}</small>
              <Copy mark={mark} />
              {able && (
                <>
                  {mark.start !== null && <ToInsight mark={mark} />}
                  <Act icon={IconPencil} label={say("web.interviews.change")} onClick={() => onEdit(true)} />
                  <Act
                    icon={IconTrash}
                    label={say("web.interviews.unmark")}
                    onClick={() => setRemoving(true)}
                  />
                </>
              )}
            </div>
          )}
        </>
      )}
      <Confirm
        opened={removing}
        onClose={() => setRemoving(false)}
        title={say("web.interviews.unmark_sure")}
        verb={say("web.interviews.unmark")}
        busy={unmark.isPending}
        error={unmark.error}
        onConfirm={() => unmark.mutate(mark.id, { onSuccess: () => onOpen(null) })}
      >
        <p>{say("web.interviews.unmark_why")}</p>
      </Confirm>
    </div>
  );
}

function Act({ icon: Icon, label, onClick }: { icon: typeof IconTrash; label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} onClick={onClick}>
      <Icon size={14} />
    </ActionIcon>
  );
}

/** Takes the quote along: who said it and when, its id and place, and the address that leads back to it. */
function Copy({ mark }: { mark: Highlight }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const clipboard = useClipboard({ timeout: 2000 });
  const copy = () => {
    const page = mark.page === null ? null : say("web.interviews.page", { page: String(mark.page) });
    const where = [mark.speaker, clock(mark.time), mark.title, page, mark.date].filter(Boolean).join(" · ");
    const place = mark.start === null ? "" : `:${mark.start}-${mark.end}`;
    clipboard.copy(
      `“${mark.quote}”\n${where} [${mark.id}${place}]\n${location.origin}/w/${ws}/interviews/${mark.interview}?at=${mark.id}`,
    );
  };
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconQuote size={13} />}
      onClick={copy}
    >
      <span aria-live="polite">{say(clipboard.copied ? "web.do.copied" : "web.interviews.copy_quote")}</span>
    </Button>
  );
}
