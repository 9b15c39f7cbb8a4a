import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { useSay } from "@/words/say";
import { Led } from "./Led";
import classes from "./Start.module.css";

/** Somebody has a map already: how it comes in, and what it is shown with. */
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
        <div className={classes.actions}>
          <Button component={Link} to={`${ws}/maps/library`}>
            {say("web.start.to_maps")}
          </Button>
          <Button component={Link} to={`${ws}/start/upload`} variant="default">
            {say("web.start.bring")}
          </Button>
        </div>
      </div>
    </Led>
  );
}
