import { Button } from "@mantine/core";
import { IconLayoutRows } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import { asking } from "@/hooks/useAddress";
import { useSay } from "@/words/say";

/** Whether the map is looked at as a service blueprint, as the address tells. */
export function useAsBlueprint(): [boolean, (on: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  const turn = (on: boolean) =>
    setSearch((before) => asking(before, { list: null, view: on ? "blueprint" : null }));
  return [search.get("view") === "blueprint", turn];
}

/** From the journey map to the service blueprint and back. */
export function Switch() {
  const say = useSay();
  const [on, turn] = useAsBlueprint();
  return (
    <Button
      variant={on ? "light" : "default"}
      leftSection={<IconLayoutRows size={14} />}
      aria-pressed={on}
      onClick={() => turn(!on)}
    >
      {say("web.maps.blueprint.title")}
    </Button>
  );
}
