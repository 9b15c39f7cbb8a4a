import { Navigate, Route, Routes } from "react-router";
import { GalleryPage } from "./library/Gallery";
import { Touchpoints } from "./library/Touchpoints";
import { MapList } from "./MapList";
import { MapPage } from "./MapPage";

/** Journey maps: the library, what one can begin from, and one of them with what the data say. */
export default function Maps() {
  return (
    <Routes>
      <Route index element={<Navigate to="library" replace />} />
      <Route path="library" element={<MapList />} />
      <Route path="templates" element={<GalleryPage />} />
      <Route path="touchpoints" element={<Touchpoints />} />
      <Route path=":id" element={<MapPage />} />
    </Routes>
  );
}
