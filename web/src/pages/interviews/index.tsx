import { Navigate, Route, Routes } from "react-router";
import { CodeBook } from "./CodeBook";
import { List } from "./List";
import { Reader } from "./Reader";

/** Interviews, notes and documents: brought in, read, marked, and quoted. */
export default function Interviews() {
  return (
    <Routes>
      <Route index element={<Navigate to="texts" replace />} />
      <Route path="texts" element={<List />} />
      <Route path="highlights" element={<CodeBook />} />
      <Route path=":id" element={<Reader />} />
    </Routes>
  );
}
