import { MutationObserver, onlineManager } from "@tanstack/react-query";
import { afterEach, expect, test } from "vitest";
import { client } from "./client";

afterEach(() => {
  onlineManager.setOnline(true);
  client.clear();
});

test("a service on this machine is asked though the browser has no network", async () => {
  onlineManager.setOnline(false);
  const back = new MutationObserver(client, { mutationFn: async () => "made" });
  const paused = new Promise((resolve) => setTimeout(resolve, 50, "still waits"));
  expect(await Promise.race([back.mutate(), paused])).toBe("made");
  const found = client.fetchQuery({ queryKey: ["boards"], queryFn: async () => ["one"] });
  expect(await Promise.race([found, paused])).toEqual(["one"]);
});
