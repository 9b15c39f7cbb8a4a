import { Route, Routes } from "react-router";
import { SurveyList } from "./SurveyList";
import { SurveyPage } from "./SurveyPage";

/** Surveys: written, published, sent, and what was answered. */
export default function Surveys() {
  return (
    <Routes>
      <Route index element={<SurveyList />} />
      <Route path=":id/*" element={<SurveyPage />} />
    </Routes>
  );
}
