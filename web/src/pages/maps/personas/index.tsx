import { Route, Routes } from "react-router";
import { PersonaList } from "./PersonaList";
import { PersonaPage } from "./PersonaPage";

/** Personas: all of them, and one to be edited beside what is counted of it. */
export function Personas() {
  return (
    <Routes>
      <Route index element={<PersonaList />} />
      <Route path=":key" element={<PersonaPage />} />
    </Routes>
  );
}
