import { Button, Skeleton } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Problem } from "@/parts/Problem";
import { Nowhere } from "@/shell/Nowhere";
import { useSay } from "@/words/say";
import { firstRows } from "./csv";
import { Led } from "./Led";
import classes from "./Start.module.css";
import type { Kind } from "./types";
import { rolesOf } from "./upload/mapping";
import { roleName } from "./upload/roles";
import { useSend } from "./upload/useUpload";
import { useUsual } from "./upload/Where";
import { useExample, useKinds } from "./useKinds";

const ROWS = 6;

/** Somebody has data of a kind: which columns it takes, how they look, and the way to bring them. */
export function Having() {
  const { kind } = useParams();
  const kinds = useKinds();
  if (kinds.isError) return <Problem error={kinds.error} retry={() => kinds.refetch()} alone />;
  if (kinds.isPending) return <Skeleton height={400} m={18} />;
  const found = kinds.data.find((one) => one.kind === kind);
  return found ? <Known kind={found} /> : <Nowhere />;
}

function Known({ kind }: { kind: Kind }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const example = useExample(kind);
  const send = useSend(kind.kind, useUsual());
  const tryIt = () => example.data && send.mutate(new File([example.data], kind.file, { type: "text/csv" }));
  return (
    <Led title={kind.title} about={kind.what}>
      <Card title={say("web.start.looks")} aside={say("web.start.made_up")} flush>
        {example.isError && <Problem error={example.error} />}
        {example.data ? <Rows kind={kind} file={example.data} /> : <Skeleton height={210} />}
      </Card>
      <div className={classes.actions}>
        <Button
          component={Link}
          to={`/w/${encodeURIComponent(ws)}/start/upload?has=${kind.kind}`}
          leftSection={<IconUpload size={15} />}
        >
          {say("web.start.bring")}
        </Button>
        <Button variant="default" onClick={tryIt} loading={send.isPending} disabled={!example.data}>
          {say("web.start.try")}
        </Button>
        <Button
          component="a"
          href={kind.example}
          download={kind.file}
          variant="subtle"
          leftSection={<IconDownload size={15} />}
        >
          {say("web.start.download")}
        </Button>
      </div>
      {send.isError && <Problem error={send.error} />}
      <p className={classes.hint}>{say("web.start.names_free")}</p>
    </Led>
  );
}

/** The first rows of an example, with what each column is read as. */
function Rows({ kind, file }: { kind: Kind; file: Blob }) {
  const say = useSay();
  const text = useQuery({ queryKey: ["example-rows", kind.example], queryFn: () => file.text() });
  const [head = [], ...rows] = firstRows(text.data ?? "", ROWS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <section className={classes.scroll} tabIndex={0} aria-label={kind.file}>
      <table className={classes.table}>
        <thead>
          <tr>
            {head.map((name) => (
              <th scope="col" key={name}>
                {name}
                <small>
                  {rolesOf(kind.mapping, name)
                    .map((role) => roleName(say, role))
                    .join(" · ") || say("web.upload.property")}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file keep their places
            <tr key={line}>
              {head.map((name, place) => (
                <td key={name}>{row[place] || "—"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
