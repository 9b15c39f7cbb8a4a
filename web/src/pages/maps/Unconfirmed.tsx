import { Button } from "@mantine/core";
import { IconHelpSquareRounded } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import { useEdit } from "./behind/useBehind";
import type { MapDocument } from "./document";
import classes from "./MapHead.module.css";

interface Props {
  id: string;
  map: MapDocument;
  edits: boolean;
}

/** Which stages were guessed from the words of a questionnaire, until somebody says that they are right. */
export function Unconfirmed({ id, map, edits }: Props) {
  const say = useSay();
  const edit = useEdit(id);
  const stages = map.stages ?? [];
  const guessed = stages.filter((stage) => stage.guessed);
  if (guessed.length === 0) return null;
  const names = guessed.map((stage) => stage.name[say.lang]).join(say("web.maps.edit.and"));
  const right = () =>
    edit.mutate({
      edit: "several",
      edits: guessed.map(({ key }) => ({ edit: "change", part: "stages", key, fields: { guessed: null } })),
    });
  return (
    <p className={classes.guessed}>
      <IconHelpSquareRounded size={15} stroke={1.6} aria-hidden />
      {guessed.length === stages.length
        ? say("web.maps.guessed.all")
        : say("web.maps.guessed.some", { names })}
      {edits && (
        <Button variant="default" size="compact-sm" loading={edit.isPending} onClick={right}>
          {say("web.maps.guessed.right")}
        </Button>
      )}
    </p>
  );
}
