import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

/** An address that leads to no page. */
export function Nowhere() {
  const say = useSay();
  return (
    <Page title={say("web.shell.nowhere")} bare>
      <Empty title={say("web.shell.nowhere")} why={say("web.shell.nowhere_why")} alone>
        <Button component={Link} to="/">
          {say("web.shell.to_overview")}
        </Button>
      </Empty>
    </Page>
  );
}
