import { Button } from "@mantine/core";
import type { Survey } from "@survey/definition";
import { questionsOf } from "@survey/definition";
import { useVersions } from "@/hooks/useSurveys";
import { Dialog } from "@/parts/Dialog";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Surveys.module.css";

interface Props {
  id: string;
  opened: boolean;
  onClose: () => void;
  onTake: (definition: Survey) => void;
}

/** What was published: any of it can be the draft again, and is asked once that is published. */
export function Versions({ id, opened, onClose, onTake }: Props) {
  const say = useSay();
  const found = useVersions(id, opened);
  const take = ({ version: _, ...definition }: Survey) => {
    onTake(definition);
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.surveys.versions")} size="lg">
      <p className={classes.faint}>{say("web.surveys.versions_about")}</p>
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data && (
        <Rows
          label={say("web.surveys.versions")}
          heads={[
            { key: "number", title: say("web.surveys.version") },
            { key: "questions", title: say("web.surveys.asked") },
            { key: "created", title: say("web.surveys.published_at") },
            { key: "take", title: say("web.surveys.take_version"), unseen: true },
          ]}
          rows={found.data.map((one) => ({
            key: String(one.number),
            cells: [
              String(one.number),
              say("web.surveys.questions", { n: questionsOf(one.definition).length }),
              ago(one.created, say.lang),
              <Button key="take" variant="default" size="compact-sm" onClick={() => take(one.definition)}>
                {say("web.surveys.take_version")}
              </Button>,
            ],
          }))}
        />
      )}
    </Dialog>
  );
}
