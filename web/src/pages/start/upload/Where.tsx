import { useMayMake } from "@/hooks/useMakeWorkspace";
import { useWorkspace } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";

export type Where = "new" | "here";

/** Where a file goes that nobody decided on: not among data that are there to look around in. */
export function useUsual(): Where {
  const about = useWorkspace().data;
  return useMayMake() && about?.example ? "new" : "here";
}

/** Whether a file goes into this workspace, or into one of its own. */
export function WhereTo({ value, onChange }: { value: Where; onChange: (where: Where) => void }) {
  const say = useSay();
  const about = useWorkspace().data;
  if (!useMayMake() || !about) return null;
  const choices: [Where, string, string][] = [
    ["new", say("web.upload.where_new"), say("web.upload.where_new_about")],
    [
      "here",
      say("web.upload.where_here", { name: about.titles[say.lang] }),
      say(about.example ? "web.upload.where_example" : "web.upload.where_here_about"),
    ],
  ];
  return (
    <fieldset className={classes.where}>
      <legend>{say("web.upload.where")}</legend>
      {choices.map(([where, title, what]) => (
        <label key={where}>
          <input type="radio" name="where" checked={value === where} onChange={() => onChange(where)} />
          <b>{title}</b>
          <span>{what}</span>
        </label>
      ))}
    </fieldset>
  );
}
