import { createContext, useContext } from "react";
import { useSay } from "@/words/say";
import { type Both, departmentIn } from "./document";

/** What the departments of the map are called in both languages. */
export const Departments = createContext<readonly Both[] | undefined>(undefined);

/** How a department is called in the reader's language. */
export function useDepartment(name: string | undefined): string | undefined {
  const { lang } = useSay();
  return departmentIn(useContext(Departments), name, lang);
}
