import { Loader } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useRef, useState } from "react";
import { get, of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";
import { useSend } from "./useUpload";
import { useUsual, type Where, WhereTo } from "./Where";

const [MB, GB] = [1_000_000, 1_000_000_000];

/** Where a file is dropped or chosen. */
export function Drop({ has }: { has: string | null }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const usual = useUsual();
  const [chosen, setChosen] = useState<Where | null>(null);
  const where = chosen ?? usual;
  const send = useSend(has, where);
  const limits = useQuery({
    queryKey: ["uploads", ws],
    queryFn: ({ signal }) =>
      get<{ most_bytes: number; formats: string[] }>(of(ws, "uploads"), undefined, signal),
  });
  const take = (file: File | undefined | null) => file && !send.isPending && send.mutate(file);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <WhereTo value={where} onChange={setChosen} />
      <button
        type="button"
        className={classes.drop}
        data-over={over}
        aria-busy={send.isPending}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {send.isPending ? <Loader size={28} /> : <IconFileUpload size={32} stroke={1.3} />}
        <b>
          {send.isPending ? say("web.upload.reading", { name: send.variables.name }) : say("web.upload.drop")}
        </b>
        <span>
          {limits.data
            ? say("web.upload.limits", {
                formats: limits.data.formats.join(" "),
                size: sizeOf(limits.data.most_bytes),
              })
            : " "}
        </span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={say("web.upload.drop")}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      {(send.error ?? limits.error) && <Problem error={(send.error ?? limits.error) as Error} />}
      <p className={classes.hint}>{say("web.upload.nothing_yet")}</p>
    </>
  );
}

function sizeOf(bytes: number): string {
  return bytes < GB ? `${Math.round(bytes / MB)} MB` : `${Number((bytes / GB).toFixed(1))} GB`;
}
