import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

export default function Settings() {
  const say = useSay();
  return (
    <Page title={say("web.shell.settings")}>
      <Empty title={say("web.shell.settings")} why={say("web.shell.not_here_yet")} />
    </Page>
  );
}
