import { Menu } from "@mantine/core";
import { useSay } from "@/words/say";

/** "Put into a map…", in a menu. */
export function PutItem({ onClick }: { onClick: () => void }) {
  const say = useSay();
  return <Menu.Item onClick={onClick}>{say("web.maps.put.name")}</Menu.Item>;
}
