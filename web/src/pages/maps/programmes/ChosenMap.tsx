import { Button, Select } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { useLibrary } from "../library/useLibrary";
import classes from "./Programmes.module.css";
import { type ProjectOf, useProjectActions } from "./useProgrammes";

/** Which map a project is about; where there is none that fits, one is drawn from the data. */
export function ChosenMap({ project }: { project: ProjectOf }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const maps = useLibrary().data?.maps ?? [];
  const { change, draw } = useProjectActions(project.id);
  return (
    <div className={classes.chosen}>
      <Select
        label={say("web.maps.programmes.map")}
        placeholder={say("web.maps.programmes.choose_map")}
        value={project.map_title ? project.map : null}
        data={maps.map((one) => ({ value: one.id, label: one.title }))}
        disabled={!project.edits}
        onChange={(map) => map && change.mutate({ map })}
      />
      {project.edits && !project.map_title && (
        <Button
          variant="default"
          leftSection={<IconSparkles size={14} />}
          loading={draw.isPending || change.isPending}
          onClick={() => draw.mutate(undefined, { onSuccess: (made) => change.mutate({ map: made.id }) })}
        >
          {say("web.maps.draw")}
        </Button>
      )}
      {project.map_title && (
        <Link to={`/w/${ws}/maps/${project.map}`}>{say("web.maps.programmes.open_map")}</Link>
      )}
      {draw.error && <Problem error={draw.error} />}
      {change.error && <Problem error={change.error} />}
    </div>
  );
}
