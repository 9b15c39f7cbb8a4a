import { Route, Routes } from "react-router";
import { InsightList } from "./InsightList";
import { InsightPage } from "./InsightPage";

/** Insights: what was learnt about customers, and the words it stands on. */
export default function Insights() {
  return (
    <Routes>
      <Route index element={<InsightList />} />
      <Route path=":id" element={<InsightPage />} />
    </Routes>
  );
}
