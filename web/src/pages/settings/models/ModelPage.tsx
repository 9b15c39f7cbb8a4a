import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import { useParams } from "react-router";
import { type Model, useModel, useModelActions } from "@/hooks/useModel";
import { useRole } from "@/hooks/useRole";
import { BackTo } from "@/parts/BackTo";
import { Chip } from "@/parts/Chip";
import { Code } from "@/parts/Code";
import { told } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";
import { Moved } from "./Moved";
import { StageRules } from "./StageRules";

/** One journey model: its stages with their rules, and what other rules would move. */
export function ModelPage() {
  const { key = "" } = useParams();
  const found = useModel(key);
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  return <Editing key={`${key} ${found.data.version}`} model={found.data} />;
}

function Editing({ model }: { model: Model }) {
  const say = useSay();
  const { may } = useRole();
  const { preview, save } = useModelActions(model.key);
  const [document, setDocument] = useState(model.document);
  const [editing, setEditing] = useState(false);
  const [main, setMain] = useState(model.default);
  const changed = JSON.stringify(document) !== JSON.stringify(model.document) || main !== model.default;
  const edit = (next: Model["document"]) => {
    setDocument(next);
    preview.reset();
  };
  const keep = () =>
    save.mutate(
      { document, main },
      { onSuccess: (kept) => told(say("web.settings.model_saved", { n: kept.version ?? 1 })) },
    );
  const leave = () => {
    edit(model.document);
    setMain(model.default);
    setEditing(false);
  };
  return (
    // What is changed while it is saved would be gone with the answer.
    <div className={classes.stack} inert={save.isPending}>
      <div className={classes.headline}>
        <BackTo to="settings/models" label={say("web.settings.models")} />
        <h2>{model.title[say.lang]}</h2>
        {model.default && <Chip tone="accent">{say("web.settings.is_default")}</Chip>}
        {model.version ? (
          <span className={classes.faint}>{say("web.data.version_n", { n: model.version })}</span>
        ) : (
          <Chip>{say("web.settings.preset")}</Chip>
        )}
        <div className={classes.space} />
        {may("editor") && !editing && (
          <Button variant="default" onClick={() => setEditing(true)}>
            {say("web.settings.edit_rules")}
          </Button>
        )}
        {editing && (
          <>
            <Switch
              size="xs"
              label={say("web.settings.make_default")}
              checked={main}
              disabled={model.default}
              onChange={(event) => setMain(event.currentTarget.checked)}
            />
            <Button variant="default" onClick={leave}>
              {say("web.do.cancel")}
            </Button>
            <Button disabled={!changed} loading={preview.isPending} onClick={() => preview.mutate(document)}>
              {say("web.data.look_first")}
            </Button>
          </>
        )}
      </div>
      {!may("editor") && <p className={classes.faint}>{say("web.settings.rules_role")}</p>}
      {preview.error && <Problem error={preview.error} />}
      {preview.data && (
        <Moved change={preview.data} model={model} saving={save.isPending} error={save.error} onSave={keep} />
      )}
      <ol className={classes.stages}>
        {model.stages.map((stage) => (
          <StageRules
            key={stage.key}
            stage={stage}
            document={document}
            onChange={editing ? edit : undefined}
          />
        ))}
      </ol>
      <details>
        <summary className={classes.faint}>{say("web.settings.as_yaml")}</summary>
        <Code text={model.yaml} label="YAML" />
      </details>
    </div>
  );
}
