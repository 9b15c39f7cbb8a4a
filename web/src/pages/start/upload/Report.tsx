import { Button } from "@mantine/core";
import { IconMap2 } from "@tabler/icons-react";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Num } from "@/parts/Num";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";
import type { Upload } from "../types";
import { OF_SCALES } from "./Preview";
import { titleOf } from "./titled";

/** A rated question of a file that was looked at before it came in; nothing where that is not known any more. */
function askedIn(client: QueryClient, ws: string, upload: string): { asks?: string } {
  const seen = client.getQueriesData<Of<"PreviewOf">>({ queryKey: ["upload-preview", ws, upload] });
  const questions = seen.flatMap(([, preview]) => preview?.questions ?? []);
  const asks = questions.find((one) => one.kind === "rated")?.question;
  return asks ? { asks } : {};
}

/** What became of the file, and where to go from here. */
export function Report({ upload, report }: { upload: Upload; report: NonNullable<Upload["report"]> }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const rated = useQuery({
    queryKey: ["maps", ws, "questions", say.lang],
    queryFn: ({ signal }) =>
      get<Of<"MapQuestion">[]>(of(ws, "maps", "questions"), { lang: say.lang }, signal),
  });
  const survey = Boolean(upload.mapping?.shape) && rated.data !== undefined && rated.data.length > 0;
  const steps = rated.data?.filter((one) => !one.overall).length ?? 0;
  const asks = askedIn(client, ws, upload.id);
  const base = `/w/${encodeURIComponent(ws)}`;
  useEffect(() => {
    const same = ["upload", "upload-columns", "kinds", "session"];
    client.invalidateQueries({ predicate: ({ queryKey: [what] }) => !same.includes(String(what)) });
  }, [client]);
  return (
    <>
      <Card title={say("web.upload.done", { name: upload.name })}>
        <div className={classes.figures} role="status">
          <Num
            label={say(survey ? "web.upload.accepted_answers" : "web.upload.accepted")}
            value={report.accepted}
          />
          <Num label={say("web.upload.repeats")} value={report.duplicates} />
          <Num label={say("web.upload.aside")} value={report.rejected} />
          {report.suppressed > 0 && <Num label={say("web.upload.suppressed")} value={report.suppressed} />}
        </div>
        {report.reasons.length > 0 && (
          <ul className={classes.problems}>
            {report.reasons.map((one) => (
              <li key={one.code + one.text}>
                <b>{say("web.upload.rows", { n: one.rows })}</b> {one.text}
              </li>
            ))}
          </ul>
        )}
        {report.notes
          .filter((note) => !(survey && OF_SCALES.includes(note.code)))
          .map((note) => (
            <p key={note.code + note.text} className={classes.hint}>
              {note.text}
            </p>
          ))}
      </Card>
      <div className={classes.actions}>
        {steps > 1 && (
          <Button
            component={Link}
            to={`${base}/maps/library?${new URLSearchParams({ draw: "survey", title: titleOf(upload.name), ...asks })}`}
            leftSection={<IconMap2 size={15} />}
          >
            {say("web.upload.to_map")}
          </Button>
        )}
        <Button component={Link} to={`${base}/overview`} variant={steps > 1 ? "default" : "filled"}>
          {say("web.upload.to_overview")}
        </Button>
        <Button component={Link} to={`${base}/explore`} variant="default">
          {say("web.upload.to_explore")}
        </Button>
        <Button component={Link} to={`${base}/customers`} variant="default">
          {say("web.upload.to_customers")}
        </Button>
        {report.rejected > 0 && (
          <Button component={Link} to={`${base}/data/quarantine`} variant="default">
            {say("web.upload.to_aside")}
          </Button>
        )}
        <Button component={Link} to={`${base}/start/upload`} variant="subtle">
          {say("web.upload.another")}
        </Button>
      </div>
    </>
  );
}
