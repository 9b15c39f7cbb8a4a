import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type ProgrammeRow = Of<"ProgrammeRow">;
export type ProjectRow = Of<"ProjectRow">;
export type ProjectOf = Of<"ProjectOf">;
export type ProjectDocument = Of<"ProjectDocument">;
export type ProjectIdea = Of<"ProjectIdeaOf">;
export type ProjectStep = Of<"ProjectStep">;
export type ProjectWeighed = Of<"ProjectWeighed">;

export function useProgrammes() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["programmes", ws, lang],
    queryFn: ({ signal }) => get<Of<"ProgrammeList">>(of(ws, "programmes"), { lang }, signal),
  });
}

export function useProject(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["programmes", ws, id, lang],
    queryFn: ({ signal }) => get<ProjectOf>(of(ws, "programmes", id), { lang }, signal),
    retry: false,
  });
}

export function useBeginProject() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  return useMutation({
    mutationFn: (begun: Of<"ProjectBegun">) => send<ProjectOf>("POST", of(ws, "programmes"), begun, { lang }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["programmes", ws] }),
  });
}

/** Asks anew what a project and its map say. */
function useAnew() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["programmes", "maps", "map", "map-picture", "map-answers"].map((key) =>
        client.invalidateQueries({ queryKey: [key, ws] }),
      ),
    );
}

/** What may be done with the ideas of a project: they are cards of its map. */
export function useBoard(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const onSuccess = useAnew();
  const at = (...parts: string[]) => of(ws, "programmes", id, ...parts);
  const ask = useMutation({
    mutationFn: (asked: Of<"ProjectQuestion">) => send<ProjectOf>("POST", at("questions"), asked, { lang }),
    onSuccess,
  });
  const withdraw = useMutation({
    mutationFn: (question: string) =>
      send<ProjectOf>("DELETE", at("questions", question), undefined, { lang }),
    onSuccess,
  });
  const idea = useMutation({
    mutationFn: (given: Of<"ProjectIdea">) => send<ProjectOf>("POST", at("ideas"), given, { lang }),
    onSuccess,
  });
  const vote = useMutation({
    mutationFn: ({ idea, dots }: { idea: string; dots: number }) =>
      send<ProjectOf>("PUT", at("ideas", idea, "dots"), { dots }, { lang }),
    onSuccess,
  });
  const become = useMutation({
    mutationFn: ({ idea, ...becomes }: { idea: string } & Of<"ProjectBecomes">) =>
      send<ProjectOf>("POST", at("ideas", idea, "become"), becomes, { lang }),
    onSuccess,
  });
  return { ask, withdraw, idea, vote, become };
}

/** What may be done with what a project rests on. */
export function useLocker(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const onSuccess = useAnew();
  const at = (...parts: string[]) => of(ws, "programmes", id, "documents", ...parts);
  const bring = useMutation({
    mutationFn: (document: string) => send<ProjectOf>("POST", at(), { document }, { lang }),
    onSuccess,
  });
  const letGo = useMutation({
    mutationFn: (document: string) => send<ProjectOf>("DELETE", at(document), undefined, { lang }),
    onSuccess,
  });
  const rest = useMutation({
    mutationFn: ({ document, card }: { document: string; card: string }) =>
      send<ProjectOf>("POST", at(document, "cards"), { card }, { lang }),
    onSuccess,
  });
  return { bring, letGo, rest };
}

/** What may be done with a project; some of it goes into its map. */
export function useProjectActions(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  const onSuccess = useAnew();
  const change = useMutation({
    mutationFn: (changes: Of<"ProjectChanges">) =>
      send<ProjectOf>("PATCH", of(ws, "programmes", id), changes, { lang }),
    onSuccess,
  });
  const pain = useMutation({
    mutationFn: (given: Of<"ProjectPain">) =>
      send<ProjectOf>("POST", of(ws, "programmes", id, "pains"), given, { lang }),
    onSuccess,
  });
  const pass = useMutation({
    mutationFn: (step: string) =>
      send<ProjectOf>("POST", of(ws, "programmes", id, "pass"), { step }, { lang }),
    onSuccess,
  });
  const weigh = useMutation({
    mutationFn: (outcome: string) =>
      send<Of<"ProjectFocus">>("POST", of(ws, "programmes", id, "focus"), { outcome }, { lang }),
  });
  const draw = useMutation({
    mutationFn: () => send<Of<"MapOf">>("POST", of(ws, "maps", "draw"), {}, { lang }),
  });
  const keep = useMutation({
    mutationFn: ({ map, name }: { map: string; name: string }) =>
      send("POST", of(ws, "maps", map, "versions"), { name }, { lang }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => send<void>("DELETE", of(ws, "programmes", id)),
    // the list alone: the project itself is not there to be asked again
    onSuccess: () => client.invalidateQueries({ queryKey: ["programmes", ws, lang], exact: true }),
  });
  return { change, pain, pass, weigh, draw, keep, remove };
}
