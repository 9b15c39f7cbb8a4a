import { useSearchParams } from "react-router";

/** What the address is to ask for, by name; without a value, or with none of several, a name is taken out. */
export type Asks = Record<string, string | readonly string[] | null | undefined>;

/** What the address asks for, and how to ask otherwise: whoever is sent it sees the same. It makes no step back. */
export function useAddress(): [URLSearchParams, (asks: Asks) => void] {
  const [search, setSearch] = useSearchParams();
  return [search, (asks) => setSearch((before) => asking(before, asks), { replace: true })];
}

/** An address that asks otherwise: all else in it stays. */
export function asking(before: URLSearchParams, asks: Asks): URLSearchParams {
  const next = new URLSearchParams(before);
  for (const name of Object.keys(asks)) next.delete(name);
  for (const [name, told] of Object.entries(asks))
    for (const value of typeof told === "string" ? [told] : (told ?? [])) if (value) next.append(name, value);
  return next;
}
