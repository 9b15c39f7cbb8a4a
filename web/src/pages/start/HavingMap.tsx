import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { useSay } from "@/words/say";
import { Led } from "./Led";
import classes from "./Start.module.css";

/** Somebody has a map already: what it is good for today. */
export function HavingMap() {
  const say = useSay();
  const ws = `/w/${encodeURIComponent(useWorkspaceName())}`;
  return (
    <Led title={say("web.start.map")} about={say("web.start.map_about")}>
      <div className={classes.narrow}>
        <Card>
          <ol className={classes.steps}>
            <li>{say("web.start.map_stages")}</li>
            <li>{say("web.start.map_evidence")}</li>
          </ol>
        </Card>
        <p className={classes.hint}>{say("web.start.map_later")}</p>
        <div className={classes.actions}>
          <Button component={Link} to={`${ws}/settings/models`}>
            {say("web.start.to_model")}
          </Button>
          <Button component={Link} to={`${ws}/start/upload`} variant="default">
            {say("web.start.bring")}
          </Button>
        </div>
      </div>
    </Led>
  );
}
