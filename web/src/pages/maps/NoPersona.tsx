import { Text } from "@mantine/core";
import { Link } from "react-router";
import { useSay } from "@/words/say";
import type { MapDocument } from "./document";
import { usePerspective } from "./perspective";
import type { View } from "./view";

/** Where the card of a persona is looked at and none is chosen: how to choose one. Files do not say it. */
export function NoPersona({ map, view }: { map: MapDocument; view: View }) {
  const say = useSay();
  const [{ who }] = usePerspective();
  const chosen = who ? who.startsWith("persona:") : (map.personas ?? []).length > 0;
  if (view.style !== "persona" || chosen) return null;
  return (
    <Text size="sm" c="dimmed" role="note">
      {say("web.maps.personas.choose")}
      <Link to="../personas">{say("web.maps.personas.title")}</Link>
    </Text>
  );
}
