import { Progress as Bar } from "@mantine/core";
import { Card } from "@/parts/Card";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";
import type { Upload } from "../types";

/** How far an import is. */
export function Progress({ upload }: { upload: Upload }) {
  const say = useSay();
  const share = Math.round((upload.share ?? 0) * 100);
  return (
    <Card title={say("web.upload.importing", { name: upload.name })}>
      <Bar value={share} aria-label={say("web.upload.importing", { name: upload.name })} />
      <p className={classes.hint} aria-live="polite">
        {say("web.upload.so_far", { n: upload.rows, share: `${share}%` })}
      </p>
      <p className={classes.hint}>{say("web.upload.may_leave")}</p>
    </Card>
  );
}
