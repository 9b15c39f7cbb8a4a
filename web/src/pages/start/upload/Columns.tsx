import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { ProblemError } from "@/api/problem";
import { Card } from "@/parts/Card";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";
import type { Looked, Upload } from "../types";
import { ColumnTable } from "./ColumnTable";
import type { Mapping } from "./mapping";
import { lacking, named, settled as settle } from "./mapping";
import { Preview, responsesText } from "./Preview";
import { Questions } from "./Questions";
import { SameForAll } from "./SameForAll";
import { useImport, usePreview } from "./useUpload";

const WAIT = 250;

/** Each column with what it is taken for, what is the same for every row, and what would come of it. */
export function Columns({ looked, upload, start }: { looked: Looked; upload: Upload; start: Mapping }) {
  const say = useSay();
  const [mapping, setMapping] = useState<Mapping>(() => settle(start));
  const [settled] = useDebouncedValue(mapping, WAIT);
  const preview = usePreview(looked.id, settled, !lacking(settled).length);
  const begin = useImport(looked.id);
  const failed = upload.state === "failed" && upload.error ? asProblem(upload.error) : null;
  const missing = lacking(mapping);
  const nothing = preview.data?.events === 0;
  const found = preview.data;
  const asked = mapping.shape && found?.questions.length ? found : null;
  const unread = mapping.shape && (preview.isPending || found?.events === 0);
  return (
    <>
      {failed && <Problem error={failed} />}
      {upload.state === "interrupted" && <p className={classes.note}>{say("web.upload.interrupted")}</p>}
      {asked ? (
        <Card title={looked.name} aside={responsesText(say, asked)} flush>
          <Questions found={asked} mapping={mapping} onChange={setMapping} />
        </Card>
      ) : (
        !unread && (
          <Card title={looked.name} aside={say("web.upload.columns", { n: looked.columns.length })} flush>
            <ColumnTable looked={looked} mapping={mapping} onChange={setMapping} />
          </Card>
        )
      )}
      <SameForAll mapping={mapping} onChange={setMapping} />
      {!named(mapping) && !mapping.shape && <p className={classes.note}>{say("web.upload.nobody")}</p>}
      {missing.map((field) => (
        <p key={field} className={classes.note}>
          {say(`web.upload.lacks_${field}`)}
        </p>
      ))}
      {!missing.length && (
        <div className={classes.preview}>
          <Preview preview={preview} zone={mapping.zone ?? "UTC"} />
        </div>
      )}
      {begin.isError && <Problem error={begin.error} />}
      <div className={classes.actions}>
        <Button
          onClick={() => begin.mutate(mapping)}
          loading={begin.isPending}
          disabled={
            missing.length > 0 || preview.isError || preview.isPending || nothing || settled !== mapping
          }
        >
          {say("web.upload.import")}
        </Button>
        <span className={classes.hint}>{say("web.upload.again_is_safe")}</span>
      </div>
    </>
  );
}

function asProblem(body: NonNullable<Upload["error"]>): Error {
  return new ProblemError(body as never);
}
