import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

export default function Data() {
  const say = useSay();
  return (
    <Page title={say("web.shell.data")}>
      <Empty title={say("web.shell.data")} why={say("web.shell.not_here_yet")} />
    </Page>
  );
}
