import { Link } from "react-router";
import { usePresets } from "@/hooks/useModel";
import { useModels } from "@/hooks/useSaved";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";

/** The journey models of the workspace, and those that are ready for any. */
export function Models() {
  const say = useSay();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}/settings/models`;
  const own = useModels();
  const presets = usePresets();
  if (own.isPending || presets.isPending) return <RowsLoading />;
  const error = own.error ?? presets.error;
  if (error) return <Problem error={error} retry={() => own.refetch()} />;
  const kept = new Set(own.data?.map((one) => one.name));
  return (
    <div className={classes.stack}>
      {own.data?.length ? (
        <Card title={say("web.settings.own_models")} flush>
          <Rows
            label={say("web.settings.own_models")}
            heads={[
              { key: "title", title: say("web.settings.model") },
              { key: "key", title: say("web.settings.model_key"), extra: true },
              { key: "default", title: say("web.settings.state") },
            ]}
            rows={own.data.map((one) => ({
              key: one.name,
              cells: [
                <Link key="title" className={classes.link} to={`${base}/${encodeURIComponent(one.name)}`}>
                  {one.title}
                </Link>,
                <code key="key">{one.name}</code>,
                one.default ? (
                  <Chip key="default" tone="accent">
                    {say("web.settings.is_default")}
                  </Chip>
                ) : (
                  "—"
                ),
              ],
            }))}
          />
        </Card>
      ) : (
        <Empty title={say("web.settings.no_models")} why={say("web.settings.no_models_why")} />
      )}
      <Card title={say("web.settings.presets")} aside={say("web.settings.presets_about")} flush>
        <Rows
          label={say("web.settings.presets")}
          heads={[
            { key: "title", title: say("web.settings.model") },
            { key: "stages", title: say("web.settings.stages") },
          ]}
          rows={(presets.data ?? [])
            .filter((one) => !kept.has(one.key))
            .map((one) => ({
              key: one.key,
              cells: [
                <Link key="title" className={classes.link} to={`${base}/${encodeURIComponent(one.key)}`}>
                  {one.title[say.lang]}
                </Link>,
                one.stages.map((stage) => stage[say.lang]).join(" → "),
              ],
            }))}
        />
      </Card>
    </div>
  );
}
