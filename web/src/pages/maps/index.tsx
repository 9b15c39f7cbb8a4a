import { Route, Routes } from "react-router";
import { MapList } from "./MapList";
import { MapPage } from "./MapPage";

/** Journey maps: the library, and one of them with what the data say. */
export default function Maps() {
  return (
    <Routes>
      <Route index element={<MapList />} />
      <Route path=":id" element={<MapPage />} />
    </Routes>
  );
}
