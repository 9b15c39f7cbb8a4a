import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

export default function Explore() {
  const say = useSay();
  return (
    <Page title={say("web.shell.explore")}>
      <Empty title={say("web.shell.explore")} why={say("web.shell.not_here_yet")} />
    </Page>
  );
}
