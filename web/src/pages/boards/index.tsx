import { Route, Routes } from "react-router";
import { BoardList } from "./BoardList";
import { BoardPage } from "./BoardPage";

/** Boards: saved questions side by side, one range of time and one segment over all. */
export default function Boards() {
  return (
    <Routes>
      <Route index element={<BoardList />} />
      <Route path=":id" element={<BoardPage />} />
    </Routes>
  );
}
