import { Button, FileButton, Select } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { refused } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { Simulated } from "@/parts/Simulated";
import { useSay } from "@/words/say";
import library from "../library/Library.module.css";
import { useMaps } from "../useMaps";
import classes from "./Registers.module.css";
import { useAssessment, useReadAssessment } from "./useAssessment";

/** How the team rates its own service at each step of a map, beside how customers do. */
export function Assessment() {
  const say = useSay();
  const ws = useWorkspaceName();
  const maps = useMaps().data?.maps;
  const [asked, setAsked] = useSearchParams();
  const id = asked.get("map") ?? maps?.[0]?.id ?? null;
  if (!maps) return <RowsLoading />;
  if (id === null) {
    return <Empty title={say("web.maps.registers.none.assessment")} why={say("web.maps.none_why")} />;
  }
  return (
    <>
      <div className={library.filters}>
        <Select
          size="xs"
          aria-label={say("web.maps.registers.by.map")}
          value={id}
          data={maps.map((one) => ({ value: one.id, label: one.title }))}
          allowDeselect={false}
          onChange={(map) => map && setAsked({ map }, { replace: true })}
        />
        <Button
          size="xs"
          variant="default"
          component="a"
          leftSection={<IconDownload size={14} />}
          href={`${of(ws, "maps", id, "assessment", "workbook")}?lang=${say.lang}`}
          download
        >
          {say("web.maps.registers.to_fill_in")}
        </Button>
        <Filled id={id} />
      </div>
      <Steps key={id} id={id} />
    </>
  );
}

/** Reads a workbook that was filled in, and says what became of it. */
function Filled({ id }: { id: string }) {
  const say = useSay();
  const found = useAssessment(id);
  const read = useReadAssessment(id);
  const [told, setTold] = useState<string[]>([]);
  if (!found.data?.edits) return null;
  const take = (file: File | null) =>
    file && read.mutate(file, { onSuccess: (after) => setTold(after.read), onError: refused });
  return (
    <>
      <FileButton accept=".xlsx" onChange={take}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            loading={read.isPending}
            leftSection={<IconUpload size={14} />}
          >
            {say("web.maps.registers.filled_in")}
          </Button>
        )}
      </FileButton>
      {told.length > 0 && (
        <p className={classes.read} role="status">
          {told.join(" · ")}
        </p>
      )}
    </>
  );
}

function Steps({ id }: { id: string }) {
  const say = useSay();
  const found = useAssessment(id);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <RowsLoading />;
  return (
    <>
      {found.data.simulated && <Simulated />}
      <Card flush>
        <Rows
          label={say("web.maps.registers.parts.assessment")}
          stacked
          heads={[
            { key: "step", title: say("web.maps.registers.one.assessment") },
            { key: "own", title: say("web.maps.registers.own"), number: true },
            { key: "customers", title: say("web.maps.registers.customers"), number: true },
            { key: "gap", title: say("web.maps.registers.gap"), number: true },
            { key: "note", title: say("web.maps.registers.note"), extra: true },
          ]}
          rows={found.data.steps.map((one) => ({
            key: one.step,
            cells: [
              <div key="step" className={classes.main}>
                <Link to={`../${id}?at=${encodeURIComponent(one.step)}`}>{one.title}</Link>
                <small className={classes.small}>{one.stage}</small>
              </div>,
              <div key="own" className={classes.figure}>
                {one.own ?? "—"}
                {one.own !== null && (
                  <small className={classes.small}>{[one.by, one.on].filter(Boolean).join(" · ")}</small>
                )}
              </div>,
              <div key="customers" className={classes.figure}>
                {one.customers}
                {one.n !== null && (
                  <small className={classes.small}>
                    {[one.interval, say("web.maps.n", { n: one.n })].filter(Boolean).join(" · ")}
                  </small>
                )}
              </div>,
              <div key="gap" className={classes.figure}>
                <b>{one.gap}</b>
                {one.below && <small className={classes.small}>{say("web.maps.registers.below")}</small>}
              </div>,
              one.note ?? "—",
            ],
          }))}
        />
      </Card>
      <p className={classes.told}>
        {say("web.maps.registers.gap_about")}{" "}
        <Link to={`../${id}?overlay=gap`}>{say("web.maps.registers.on_map")}</Link>
      </p>
    </>
  );
}
