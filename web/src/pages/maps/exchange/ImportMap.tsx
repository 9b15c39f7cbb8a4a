import { Button, Checkbox } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileImport } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import { FileDrop } from "@/parts/FileDrop";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { MapOf } from "../useMaps";
import classes from "./Exchange.module.css";

type Found = Of<"MapImport">;

const ENDINGS = ".xlsx,.xlsm,.csv,.tsv,.txt,.json,.yaml,.yml,.mmd,.mermaid,.md,.xml,.cjml";

/** Brings a map in from a file of another program: one sees what became of everything in it before it is kept. */
export function ImportMap() {
  const say = useSay();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconFileImport size={14} />} onClick={open}>
        {say("web.maps.import.name")}
      </Button>
      <Dialog opened={opened} onClose={close} title={say("web.maps.import.title")} size="lg">
        <Import />
      </Dialog>
    </>
  );
}

function Import() {
  const say = useSay();
  const ws = useWorkspaceName();
  const look = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return send<Found>("POST", of(ws, "maps", "import"), form, { lang: say.lang });
    },
  });
  return (
    <div className={classes.found}>
      {look.error && <Problem error={look.error} />}
      {look.data ? (
        <Report found={look.data} onOther={() => look.reset()} />
      ) : (
        <FileDrop
          busy={look.isPending}
          icon={<IconFileImport size={24} stroke={1.4} />}
          title={say("web.maps.import.drop")}
          kinds={say("web.maps.import.kinds")}
          endings={ENDINGS}
          onFile={(file) => look.mutate(file)}
        />
      )}
    </div>
  );
}

function Report({ found, onOther }: { found: Found; onOther: () => void }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const go = useNavigate();
  const client = useQueryClient();
  const [copy, setCopy] = useState(false);
  const keep = useMutation({
    mutationFn: () => {
      const { id, ...rest } = found.map as { id: string };
      const document = found.again && copy ? rest : { id, ...rest };
      return send<MapOf>("POST", of(ws, "maps"), document, { lang: say.lang });
    },
    onSuccess: (made) => {
      client.invalidateQueries({ queryKey: ["maps", ws] });
      go(`/w/${encodeURIComponent(ws)}/maps/${made.id}`);
    },
  });
  const { stages, steps, lanes, cards } = found;
  return (
    <>
      <div>
        <h3>{found.title}</h3>
        <p>{say("web.maps.import.counts", { stages, steps, lanes, cards })}</p>
      </div>
      {found.left.length > 0 && (
        <section className={`${classes.lines} ${classes.left}`}>
          <h4>{say("web.maps.import.left")}</h4>
          <ul>
            {found.left.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      <section className={classes.lines}>
        <h4>{say("web.maps.import.taken")}</h4>
        <ul>
          {found.taken.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      {found.again && (
        <Checkbox
          label={say("web.maps.import.copy")}
          description={say("web.maps.import.again")}
          checked={copy}
          onChange={(event) => setCopy(event.currentTarget.checked)}
        />
      )}
      {keep.error && <Problem error={keep.error} />}
      <div className={classes.decide}>
        <Button variant="default" onClick={onOther}>
          {say("web.maps.import.other")}
        </Button>
        <Button loading={keep.isPending} onClick={() => keep.mutate()}>
          {say("web.maps.import.keep")}
        </Button>
      </div>
    </>
  );
}
