import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import { useTogether } from "./useTogether";

export type Thread = Of<"ThreadOf">;
export type Comment = Of<"CommentOf">;
export type MapReviews = Of<"MapReviews">;
export type Review = Of<"ReviewOf">;

/** What was said about a map. It is looked at anew as soon as somebody else says something. */
export function useComments(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  useTold(id);
  return useQuery({
    queryKey: ["map-comments", ws, id, lang],
    queryFn: ({ signal }) => get<Of<"MapThreads">>(of(ws, "maps", id, "comments"), { lang }, signal),
    retry: false,
  });
}

export function useCommentActions(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["map-comments", ws, id] });
  const at = (...parts: string[]) => of(ws, "maps", id, "comments", ...parts);
  const begin = useMutation({
    mutationFn: (said: Of<"NewThread">) => send<Thread>("POST", at(), said),
    onSuccess,
  });
  const reply = useMutation({
    mutationFn: ({ to, ...said }: Of<"NewWords"> & { to: string }) =>
      send<Thread>("POST", at(to, "replies"), said),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: ({ id, ...said }: Of<"NewWords"> & { id: string }) => send<Thread>("PUT", at(id), said),
    onSuccess,
  });
  const settle = useMutation({
    mutationFn: ({ id, resolved }: { id: string; resolved: boolean }) =>
      send<Thread>("PUT", at(id, "settled"), { resolved }),
    onSuccess,
  });
  const remove = useMutation({ mutationFn: (id: string) => send<void>("DELETE", at(id)), onSuccess });
  return { begin, reply, change, settle, remove };
}

/** What people who were asked say to a map. */
export function useReviews(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  useTold(id);
  return useQuery({
    queryKey: ["map-reviews", ws, id, lang],
    queryFn: ({ signal }) => get<MapReviews>(of(ws, "maps", id, "reviews"), { lang }, signal),
    retry: false,
  });
}

export function useReviewActions(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["map-reviews", ws, id] });
  const ask = useMutation({
    mutationFn: (asked: Of<"NewReview">) => send<MapReviews>("POST", of(ws, "maps", id, "reviews"), asked),
    onSuccess,
  });
  const answer = useMutation({
    mutationFn: ({ review, ...said }: Of<"NewVerdict"> & { review: string }) =>
      send<MapReviews>("PUT", of(ws, "maps", id, "reviews", review, "verdict"), said),
    onSuccess,
  });
  return { ask, answer };
}

/** Looks anew at what was said and judged, once others said or judged something. */
function useTold(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const told = useTogether(id).data?.said;
  const look = useEffectEvent(() => {
    client.invalidateQueries({ queryKey: ["map-comments", ws, id] });
    client.invalidateQueries({ queryKey: ["map-reviews", ws, id] });
  });
  useEffect(() => {
    if (told !== undefined) look();
  }, [told]);
}
