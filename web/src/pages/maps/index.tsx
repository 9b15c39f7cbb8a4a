import { lazy, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";
import { MapPage } from "./MapPage";

// A map is what most come for; the rest is loaded when somebody goes there.
const Editor = lazy(() => import("./editor/Editor"));
const MapList = lazy(async () => ({ default: (await import("./MapList")).MapList }));
const GalleryPage = lazy(async () => ({ default: (await import("./library/Gallery")).GalleryPage }));
const Touchpoints = lazy(async () => ({ default: (await import("./library/Touchpoints")).Touchpoints }));
const Registers = lazy(async () => ({ default: (await import("./registers/Registers")).Registers }));
const Present = lazy(async () => ({ default: (await import("./present/Present")).Present }));
const Programmes = lazy(async () => ({ default: (await import("./programmes/Programmes")).Programmes }));
const ProjectPage = lazy(async () => ({ default: (await import("./programmes/ProjectPage")).ProjectPage }));
const Personas = lazy(async () => ({ default: (await import("./personas")).Personas }));

/** Journey maps: the library, what one can begin from, and one of them with what the data say. */
export default function Maps() {
  return (
    <Suspense>
      <Routes>
        <Route index element={<Navigate to="library" replace />} />
        <Route path="library" element={<MapList />} />
        <Route path="templates" element={<GalleryPage />} />
        <Route path="programmes" element={<Programmes />} />
        <Route path="programmes/:id" element={<ProjectPage />} />
        <Route path="touchpoints" element={<Touchpoints />} />
        <Route path="registers" element={<Navigate to="pain" replace />} />
        <Route path="registers/:kind" element={<Registers />} />
        <Route path="personas/*" element={<Personas />} />
        <Route path=":id" element={<MapPage />} />
        <Route path=":id/edit" element={<Editor />} />
        <Route path=":id/present" element={<Present />} />
      </Routes>
    </Suspense>
  );
}
