import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { useSay } from "@/words/say";

/** Nothing has come in yet, and the two ways in. */
export function NoData() {
  const say = useSay();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}`;
  return (
    <Empty title={say("web.data.no_data")} why={say("web.data.no_data_why")}>
      <Button component={Link} to={`${base}/start`}>
        {say("web.data.to_start")}
      </Button>
      <Button variant="default" component={Link} to={`${base}/data/send`}>
        {say("web.data.send")}
      </Button>
    </Empty>
  );
}
