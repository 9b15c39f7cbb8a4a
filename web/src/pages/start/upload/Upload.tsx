import { Skeleton } from "@mantine/core";
import { useParams, useSearchParams } from "react-router";
import { Problem } from "@/parts/Problem";
import type { Key } from "@/words/key";
import { useSay } from "@/words/say";
import { Led } from "../Led";
import classes from "../Start.module.css";
import { useKinds } from "../useKinds";
import { Columns } from "./Columns";
import { Drop } from "./Drop";
import { fitting, type Mapping } from "./mapping";
import { Progress } from "./Progress";
import { Report } from "./Report";
import { useColumns, useUpload } from "./useUpload";

const STEPS: Key[] = ["web.upload.step_file", "web.upload.step_columns", "web.upload.step_import"];

/** Bring a file: drop it, look over what its columns are taken for, import, and see what became of it. */
export function Upload() {
  const say = useSay();
  const { id } = useParams();
  const [asked] = useSearchParams();
  const has = asked.get("has");
  const kinds = useKinds();
  const kind = kinds.data?.find((one) => one.kind === has);
  return (
    <Led title={say("web.upload.title")} about={kind?.what ?? say("web.upload.about")}>
      {id ? (
        <Brought key={id} id={id} has={has} preset={kind?.mapping as Mapping | undefined} />
      ) : (
        <First has={has} />
      )}
    </Led>
  );
}

function First({ has }: { has: string | null }) {
  return (
    <>
      <Steps at={0} />
      <Drop has={has} />
    </>
  );
}

function Brought({ id, has, preset }: { id: string; has: string | null; preset: Mapping | undefined }) {
  const upload = useUpload(id);
  const columns = useColumns(id, has);
  const kinds = useKinds();
  const error = upload.error ?? columns.error;
  if (error) return <Problem error={error} retry={() => [upload.refetch(), columns.refetch()]} />;
  if (!upload.data || !columns.data || kinds.isPending) return <Skeleton height={420} radius={12} />;
  const { state, report } = upload.data;
  const begun = state === "importing" || state === "done";
  const names = columns.data.columns.map(({ name }) => name);
  return (
    <>
      <Steps at={begun ? 2 : 1} />
      {state === "importing" && <Progress upload={upload.data} />}
      {state === "done" && report && <Report upload={upload.data} report={report} />}
      {!begun && (
        <Columns
          looked={columns.data}
          upload={upload.data}
          start={fitting(preset, names) ?? columns.data.guess}
        />
      )}
    </>
  );
}

function Steps({ at }: { at: number }) {
  const say = useSay();
  return (
    <ol className={classes.stepper}>
      {STEPS.map((step, place) => (
        <li key={step} data-past={place < at} aria-current={place === at ? "step" : undefined}>
          {say(step)}
        </li>
      ))}
    </ol>
  );
}
