import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useMakeWorkspace } from "@/hooks/useMakeWorkspace";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { Led } from "./Led";
import classes from "./Start.module.css";

/** A place of its own for data that are not to be mixed with others. */
export function NewWorkspace() {
  const say = useSay();
  const go = useNavigate();
  const make = useMakeWorkspace();
  const [title, setTitle] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(title.trim(), { onSuccess: (made) => go(`/w/${encodeURIComponent(made.name)}/start`) });
  };
  return (
    <Led title={say("web.start.new_workspace")} about={say("web.start.new_workspace_about")}>
      <form className={classes.narrow} onSubmit={submit}>
        <TextInput
          autoFocus
          label={say("web.start.workspace_name")}
          placeholder={say("web.start.workspace_example")}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        {make.isError && <Problem error={make.error} />}
        <div className={classes.actions}>
          <Button type="submit" disabled={!title.trim()} loading={make.isPending}>
            {say("web.start.make_workspace")}
          </Button>
        </div>
      </form>
    </Led>
  );
}
