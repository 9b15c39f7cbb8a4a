import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

export default function Boards() {
  const say = useSay();
  return (
    <Page title={say("web.shell.boards")}>
      <Empty title={say("web.shell.boards")} why={say("web.shell.not_here_yet")} />
    </Page>
  );
}
