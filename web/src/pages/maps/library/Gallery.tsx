import { Button, Skeleton, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Chip } from "@/parts/Chip";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Library.module.css";
import { Tabs } from "./Tabs";
import { type MapTemplateRow, useLibraryActions, usePreview, useTemplates } from "./useLibrary";

/** The gallery, as a page of its own. */
export function GalleryPage() {
  const say = useSay();
  return (
    <Page title={say("web.shell.maps")} about={say("web.maps.templates.about")}>
      <Tabs />
      <Gallery />
    </Page>
  );
}

/** What a map can be begun from, each at a glance. */
export function Gallery() {
  const say = useSay();
  const found = useTemplates();
  const [chosen, setChosen] = useState<MapTemplateRow | null>(null);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={420} radius={12} />;
  return (
    <>
      <ul className={classes.gallery} aria-label={say("web.maps.templates.title")}>
        {found.data.templates.map((one) => (
          <li key={one.key}>
            <Template template={one} onBegin={() => setChosen(one)} />
          </li>
        ))}
      </ul>
      <Dialog opened={chosen !== null} onClose={() => setChosen(null)} title={chosen?.title ?? ""}>
        {chosen && <Begin template={chosen} />}
      </Dialog>
    </>
  );
}

function Template({ template, onBegin }: { template: MapTemplateRow; onBegin: () => void }) {
  const say = useSay();
  const { may } = useRole();
  const { title, about, stages, steps, cards, own } = template;
  return (
    <article className={classes.template}>
      <Preview of={template.key} />
      <div className={classes.told}>
        <h3>
          {title} {own && <Chip>{say("web.maps.templates.own")}</Chip>}
        </h3>
        {about && <p>{about}</p>}
        <small>{say("web.maps.templates.size", { stages, steps, cards })}</small>
      </div>
      {may("editor") && (
        <Button
          variant="default"
          className={classes.begin}
          onClick={onBegin}
          aria-label={say("web.maps.templates.begin_with", { title })}
        >
          {say("web.maps.templates.begin")}
        </Button>
      )}
    </article>
  );
}

function Preview({ of }: { of: string }) {
  const found = usePreview(of);
  const frame = useRef<HTMLDivElement>(null);
  const picture = found.data;
  useEffect(() => {
    if (frame.current && picture) frame.current.innerHTML = picture;
  }, [picture]);
  if (!picture) return <Skeleton className={classes.picture} radius={0} />;
  return <div ref={frame} className={classes.picture} />;
}

function Begin({ template }: { template: MapTemplateRow }) {
  const say = useSay();
  const go = useNavigate();
  const ws = useWorkspaceName();
  const { begin } = useLibraryActions();
  const [title, setTitle] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate(
      { key: template.key, title: title.trim() },
      { onSuccess: (made) => go(`/w/${encodeURIComponent(ws)}/maps/${made.id}`) },
    );
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <p className={classes.assumed}>{say("web.maps.templates.assumed")}</p>
      <TextInput
        data-autofocus
        label={say("web.maps.title")}
        placeholder={template.title}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Decide by={begin} verb={say("web.maps.templates.begin")} />
    </form>
  );
}
