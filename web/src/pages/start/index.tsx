import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

export default function Start() {
  const say = useSay();
  return (
    <Page title={say("web.shell.start")}>
      <Empty title={say("web.shell.start")} why={say("web.shell.not_here_yet")} />
    </Page>
  );
}
