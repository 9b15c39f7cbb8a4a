import { createContext, useContext } from "react";
import { useSay } from "@/words/say";
import { calledIn, type MapDocument } from "./document";

/** What the departments and systems of the map are called in both languages. */
export const Called = createContext<Pick<MapDocument, "departments" | "systems">>({});

/** How a department is called in the reader's language. */
export function useDepartment(name: string | undefined): string | undefined {
  const { lang } = useSay();
  return calledIn(useContext(Called).departments, name, lang);
}

/** How a system is called in the reader's language. */
export function useSystem(name: string | undefined): string | undefined {
  const { lang } = useSay();
  return calledIn(useContext(Called).systems, name, lang);
}
