import { Route, Routes } from "react-router";
import { Page } from "@/parts/Page";
import { useSay } from "@/words/say";
import { Having } from "./Having";
import { HavingMap } from "./HavingMap";
import { NewWorkspace } from "./NewWorkspace";
import { Nothing } from "./Nothing";
import { Question } from "./Question";
import { Upload } from "./upload/Upload";

/** Where one begins: what there is, and the way from there to the first picture. */
export default function Start() {
  return (
    <Routes>
      <Route index element={<Ask />} />
      <Route path="nothing" element={<Nothing />} />
      <Route path="new" element={<NewWorkspace />} />
      <Route path="map" element={<HavingMap />} />
      <Route path="upload/:id?" element={<Upload />} />
      <Route path=":kind" element={<Having />} />
    </Routes>
  );
}

function Ask() {
  const say = useSay();
  return (
    <Page title={say("web.start.ask")} about={say("web.start.ask_about")}>
      <Question />
    </Page>
  );
}
