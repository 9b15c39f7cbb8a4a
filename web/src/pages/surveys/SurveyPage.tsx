import { ActionIcon, Button, Menu } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import type { Survey } from "@survey/definition";
import { IconArrowBackUp, IconArrowForwardUp, IconDots } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Navigate, Route, Routes, useNavigate, useParams } from "react-router";
import { useRole } from "@/hooks/useRole";
import { type SurveyOf, type SurveySettings, useSurvey, useSurveyActions } from "@/hooks/useSurveys";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Confirm } from "@/parts/Confirm";
import { Leaving } from "@/parts/Leaving";
import { refused, told } from "@/parts/notice";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { RowsLoading } from "@/parts/Rows";
import { SubNav } from "@/parts/SubNav";
import { useSay } from "@/words/say";
import { useDraft } from "./editor/useDraft";
import { Invited } from "./Invited";
import { Results } from "./Results";
import { StateChip } from "./StateChip";
import { Versions } from "./Versions";

/** What draws surveys is in it too: it is loaded when one is edited. */
const Editor = lazy(() => import("./editor/Editor"));
const Share = lazy(async () => ({ default: (await import("./share/Share")).Share }));

/** One survey: what it asks, how it is sent, what was answered. */
export function SurveyPage() {
  const { id = "" } = useParams();
  const say = useSay();
  const found = useSurvey(id);
  if (found.isError) {
    return (
      <Page title={say("web.shell.surveys")}>
        <Problem error={found.error} retry={() => found.refetch()} />
      </Page>
    );
  }
  if (!found.data) {
    return (
      <Page title={say("web.shell.surveys")}>
        <RowsLoading />
      </Page>
    );
  }
  return <Opened key={found.data.id} survey={found.data} />;
}

function Opened({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { may } = useRole();
  const actions = useSurveyActions();
  const { draft, change, saved, undo, redo } = useDraft(survey.definition);
  const [settings, setSettings] = useState<SurveySettings>(survey.settings);
  const unsaved = JSON.stringify([draft, settings]) !== JSON.stringify([survey.definition, survey.settings]);
  const { version, id } = survey;
  const save = (then?: () => void) =>
    actions.save.mutate(
      { id, version, settings, definition: draft },
      {
        onSuccess: (kept) => {
          // What was typed since is not what was saved, and stays.
          saved(draft, kept.definition);
          setSettings((now) => (now === settings ? kept.settings : now));
          if (then) then();
          else told(say("web.surveys.saved"));
        },
        onError: refused,
      },
    );
  const publish = () =>
    actions.publish.mutate(id, { onSuccess: () => told(say("web.surveys.published")), onError: refused });
  const base = `/w/${encodeURIComponent(ws)}/surveys`;
  const sections = (
    ["edit", "share", ...(may("analyst") ? (["invited"] as const) : []), "results"] as const
  ).map((path) => ({
    path,
    title: say(`web.surveys.section_${path}`),
  }));
  return (
    <Page
      title={survey.title}
      about={<StateChip survey={survey} />}
      back={{ to: "surveys", label: say("web.shell.surveys") }}
      actions={
        may("editor") && (
          <>
            {(undo || redo) && <Steps undo={undo} redo={redo} />}
            <Button
              variant="default"
              disabled={!unsaved}
              loading={actions.save.isPending}
              onClick={() => save()}
            >
              {say("web.do.save")}
            </Button>
            <Button
              loading={actions.publish.isPending}
              disabled={actions.save.isPending || (!unsaved && survey.state === "open" && !survey.changed)}
              onClick={() => (unsaved ? save(publish) : publish())}
            >
              {say(survey.published ? "web.surveys.publish_again" : "web.surveys.publish")}
            </Button>
            <More survey={survey} onTake={change} />
          </>
        )
      }
    >
      <Leaving unsaved={unsaved} within={`${base}/${id}`} />
      <SubNav label={survey.title} base={`${base}/${id}`} sections={sections} />
      <Suspense fallback={<RowsLoading />}>
        <Routes>
          <Route index element={<Navigate to={survey.published ? "results" : "edit"} replace />} />
          <Route
            path="edit"
            element={<Editor survey={survey} draft={draft} theme={settings.theme ?? {}} onChange={change} />}
          />
          <Route
            path="share"
            element={
              <Share
                survey={survey}
                settings={settings}
                onChange={(part) => setSettings((before) => ({ ...before, ...part }))}
              />
            }
          />
          <Route path="invited" element={<Invited survey={survey} />} />
          <Route path="results" element={<Results survey={survey} />} />
        </Routes>
      </Suspense>
    </Page>
  );
}

/** Steps of the draft, back and forth; with the keys too, where nothing is being written. */
function Steps({ undo, redo }: { undo?: () => void; redo?: () => void }) {
  const say = useSay();
  useHotkeys([
    ["mod+Z", () => undo?.()],
    ["mod+shift+Z", () => redo?.()],
    ["mod+Y", () => redo?.()],
  ]);
  return (
    <>
      <ActionIcon variant="default" size={36} disabled={!undo} aria-label={say("web.do.undo")} onClick={undo}>
        <IconArrowBackUp size={16} />
      </ActionIcon>
      <ActionIcon variant="default" size={36} disabled={!redo} aria-label={say("web.do.redo")} onClick={redo}>
        <IconArrowForwardUp size={16} />
      </ActionIcon>
    </>
  );
}

function More({ survey, onTake }: { survey: SurveyOf; onTake: (definition: Survey) => void }) {
  const say = useSay();
  const go = useNavigate();
  const ws = useWorkspaceName();
  const { close, remove } = useSurveyActions();
  const [removing, { open, close: dismiss }] = useDisclosure();
  const [looking, { open: look, close: done }] = useDisclosure();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label={say("web.do.more_of", { name: survey.title })}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!survey.published} onClick={look}>
            {say("web.surveys.versions")}
          </Menu.Item>
          <Menu.Item
            disabled={survey.state !== "open"}
            onClick={() => close.mutate(survey.id, { onError: refused })}
          >
            {say("web.surveys.close")}
          </Menu.Item>
          <Menu.Item onClick={open}>{say("web.do.delete")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Versions id={survey.id} opened={looking} onClose={done} onTake={onTake} />
      <Confirm
        opened={removing}
        onClose={dismiss}
        title={say("web.surveys.remove_sure", { name: survey.title })}
        verb={say("web.do.delete")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(survey.id, { onSuccess: () => go(`/w/${encodeURIComponent(ws)}/surveys`) })
        }
      >
        {say("web.surveys.remove_what")}
      </Confirm>
    </>
  );
}
