import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Programmes.module.css";
import { type ProjectOf, useProjectActions } from "./useProgrammes";

const PARTS = ["who", "where", "when", "trigger", "goal"] as const;

/** In which situation the map is told; it is kept in the map. */
export function Scene({ project, whole }: { project: ProjectOf; whole: boolean }) {
  const say = useSay();
  const { change } = useProjectActions(project.id);
  const [given, setGiven] = useState<Partial<Record<(typeof PARTS)[number], string | null>>>(
    project.scene ?? {},
  );
  const parts = whole ? PARTS : (["who", "goal"] as const);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const scene = Object.fromEntries(PARTS.map((part) => [part, given[part]?.trim() || null]));
    change.mutate({ scene: { ...scene, who: given.who?.trim() ?? "" } });
  };
  return (
    <form className={classes.notes} onSubmit={submit}>
      {parts.map((part) => (
        <Textarea
          key={part}
          autosize
          minRows={1}
          label={say(`web.maps.programmes.scene.${part}`)}
          readOnly={!project.edits}
          value={given[part] ?? ""}
          onChange={(event) => setGiven({ ...given, [part]: event.currentTarget.value })}
        />
      ))}
      {change.error && <Problem error={change.error} />}
      {project.edits && (
        <Button
          type="submit"
          variant="default"
          className={classes.save}
          disabled={!given.who?.trim()}
          loading={change.isPending}
        >
          {say("web.maps.programmes.save_scene")}
        </Button>
      )}
    </form>
  );
}
