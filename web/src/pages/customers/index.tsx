import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

export default function Customers() {
  const say = useSay();
  return (
    <Page title={say("web.shell.customers")}>
      <Empty title={say("web.shell.customers")} why={say("web.shell.not_here_yet")} />
    </Page>
  );
}
