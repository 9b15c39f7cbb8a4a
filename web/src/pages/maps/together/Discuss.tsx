import { Button } from "@mantine/core";
import { IconMessageCircle } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import { usePanel } from "./panel";
import { useComments, useReviews } from "./useTalk";

/** Opens what people say about the map; tells how many threads are open, and whether one is asked for a review. */
export function Discuss({ id }: { id: string }) {
  const say = useSay();
  const { panel, open } = usePanel();
  const threads = useComments(id).data?.threads.filter((one) => one.resolved === null).length ?? 0;
  const asked = useReviews(id).data?.yours != null;
  return (
    <Button
      variant={asked ? "light" : "default"}
      leftSection={<IconMessageCircle size={15} />}
      aria-expanded={panel !== null}
      onClick={() => open(panel ? null : asked ? "review" : "comments")}
    >
      {asked
        ? say("web.maps.together.please_review")
        : threads
          ? say("web.maps.together.discuss_n", { n: threads })
          : say("web.maps.together.discuss")}
    </Button>
  );
}
