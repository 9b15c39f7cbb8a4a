import { createContext, useContext } from "react";

/** The name that the service does not know, around the controls of the field that says it. */
export const WrongName = createContext<string | null>(null);

/** Whether a control says that name; it is marked then. */
export function useWrong(value: string | string[] | null): boolean {
  const wrong = useContext(WrongName);
  return wrong !== null && value !== null && [value].flat().includes(wrong);
}
