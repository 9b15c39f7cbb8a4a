import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

export default function Overview() {
  const say = useSay();
  return (
    <Page title={say("web.shell.overview")}>
      <Empty title={say("web.shell.overview")} why={say("web.shell.not_here_yet")} />
    </Page>
  );
}
