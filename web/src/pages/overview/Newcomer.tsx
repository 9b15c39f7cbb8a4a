import { Question } from "@/pages/start/Question";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

/** What stands here as long as there is nothing to see: the start page's question. */
export default function Newcomer() {
  const say = useSay();
  return (
    <Page title={say("web.start.ask")} about={say("web.start.ask_about")}>
      <Question />
    </Page>
  );
}
