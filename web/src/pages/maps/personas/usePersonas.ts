import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type PersonaRow = Of<"PersonaRow">;
export type PersonaOf = Of<"PersonaOf">;
export type PersonaProfile = Of<"PersonaProfile">;

export interface Both {
  zh: string;
  en: string;
}

/** What people write of a persona. */
export interface PersonaDocument {
  name: Both;
  role?: Both | null;
  background?: Both | null;
  traits?: Both[];
  goals?: Both[];
  needs?: Both[];
  behaviours?: Both[];
  quote?: { text: string; event?: number | null; speaker?: string | null; date?: string | null } | null;
  segment?: string | null;
}

export function usePersonas() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["personas", ws, lang],
    queryFn: ({ signal }) => get<Of<"PersonaList">>(of(ws, "personas"), { lang }, signal),
  });
}

export function usePersona(key: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["persona", ws, key, lang],
    queryFn: ({ signal }) => get<PersonaOf>(of(ws, "personas", key), { lang }, signal),
    retry: false,
  });
}

/** What may be done with personas; everything that shows them learns of it. */
export function usePersonaActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  const onSuccess = () => {
    for (const what of ["personas", "persona", "map-picture", "map-answers"]) {
      client.invalidateQueries({ queryKey: [what, ws] });
    }
  };
  const draft = useMutation({
    mutationFn: (segment: string) =>
      send<PersonaOf>("POST", of(ws, "personas", "preview"), { segment }, { lang }),
  });
  const save = useMutation({
    mutationFn: (one: { key: string; version: number | null; persona: PersonaDocument }) =>
      send<PersonaOf>(
        "PUT",
        of(ws, "personas", one.key),
        { version: one.version, persona: one.persona },
        { lang },
      ),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (key: string) => send<void>("DELETE", of(ws, "personas", key)),
    onSuccess,
  });
  return { draft, save, remove };
}
