import type { ReactNode } from "react";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";

/** A page to which the question leads, with the way back to it. */
export function Led({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const say = useSay();
  return (
    <Page title={title} about={about} back={{ to: "start", label: say("web.start.ask") }}>
      {children}
    </Page>
  );
}
