import { ActionIcon, Button, Progress, Select } from "@mantine/core";
import { IconFileText, IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Bring } from "@/pages/interviews/Bring";
import { useInterviews } from "@/pages/interviews/useInterviews";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Evidence.module.css";
import aids from "./Programmes.module.css";
import { type ProjectDocument, type ProjectOf, useLocker } from "./useProgrammes";

/** What the project rests on: documents, which cards of the map rest on each, and how much of the map does. */
export function Evidence({ project }: { project: ProjectOf }) {
  const say = useSay();
  const [bringing, setBringing] = useState(false);
  const { bring } = useLocker(project.id);
  const share = project.cards ? project.with_evidence / project.cards : 0;
  return (
    <section id="evidence" className={classes.locker} aria-label={say("web.maps.programmes.evidence")}>
      <Card title={say("web.maps.programmes.evidence")}>
        <div className={aids.aid}>
          {project.cards > 0 && (
            <div className={classes.coverage}>
              <p>
                {say("web.maps.programmes.rests", {
                  n: project.with_evidence,
                  of: project.cards,
                  share: `${Math.round(100 * share)}%`,
                })}
              </p>
              <Progress value={100 * share} aria-label={say("web.maps.programmes.coverage_name")} />
            </div>
          )}
          {project.documents.length === 0 && (
            <p className={classes.none}>{say("web.maps.programmes.no_evidence")}</p>
          )}
          {project.documents.length > 0 && (
            <ul className={classes.documents}>
              {project.documents.map((one) => (
                <li key={one.id}>
                  <Document project={project} document={one} />
                </li>
              ))}
            </ul>
          )}
          {bring.error && <Problem error={bring.error} />}
          {project.edits && (
            <div className={aids.line}>
              <Button
                variant="default"
                leftSection={<IconPlus size={14} />}
                loading={bring.isPending}
                onClick={() => setBringing(true)}
              >
                {say("web.maps.programmes.bring")}
              </Button>
              <There project={project} onChoose={(id) => bring.mutate(id)} />
            </div>
          )}
        </div>
      </Card>
      {bringing && (
        <Bring
          file={null}
          onClose={() => setBringing(false)}
          onKept={(id) => bring.mutate(id, { onSettled: () => setBringing(false) })}
        />
      )}
    </section>
  );
}

/** One of those that the workspace has already. */
function There({ project, onChoose }: { project: ProjectOf; onChoose: (id: string) => void }) {
  const say = useSay();
  const found = useInterviews("", null).data ?? [];
  const own = new Set(project.documents.map((one) => one.id));
  const more = found.filter((one) => !own.has(one.id));
  if (!more.length) return null;
  return (
    <Select
      searchable
      className={classes.pick}
      aria-label={say("web.maps.programmes.bring_there")}
      placeholder={say("web.maps.programmes.bring_there")}
      value={null}
      data={more.map((one) => ({ value: one.id, label: one.title }))}
      onChange={(id) => id && onChoose(id)}
    />
  );
}

function Document({ project, document }: { project: ProjectOf; document: ProjectDocument }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const { letGo, rest } = useLocker(project.id);
  const title = document.title || say("web.maps.programmes.removed");
  const own = new Set(document.cards.map((one) => one.key));
  const more = project.map_cards.filter((one) => !own.has(one.key));
  const error = letGo.error ?? rest.error;
  return (
    <>
      <div className={classes.named}>
        <IconFileText size={16} aria-hidden />
        {document.title ? <Link to={`/w/${ws}/interviews/${document.id}`}>{title}</Link> : title}
        {document.form && <Chip>{say(`web.interviews.form_${document.form}`)}</Chip>}
        <small>{document.date}</small>
        {project.edits && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={say("web.maps.programmes.let_go", { title })}
            onClick={() => letGo.mutate(document.id)}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
      {document.cards.length > 0 && (
        <ul className={classes.cards}>
          {document.cards.map((one) => (
            <li key={one.key}>
              {one.text} <small>{one.step}</small>
            </li>
          ))}
        </ul>
      )}
      {project.edits && document.title && more.length > 0 && (
        <Select
          searchable
          size="xs"
          className={classes.pick}
          aria-label={say("web.maps.programmes.rest_on", { title })}
          placeholder={say("web.maps.programmes.rest")}
          value={null}
          data={more.map((one) => ({ value: one.key, label: `${one.step} · ${one.text}` }))}
          onChange={(card) => card && rest.mutate({ document: document.id, card })}
        />
      )}
      {error && <Problem error={error} />}
    </>
  );
}
