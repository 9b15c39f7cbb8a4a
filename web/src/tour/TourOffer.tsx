import { Button, CloseButton } from "@mantine/core";
import { IconCompass } from "@tabler/icons-react";
import { useState } from "react";
import { useSay } from "@/words/say";
import { useTour } from "./state";
import classes from "./TourOffer.module.css";
import { useStartTour } from "./useStartTour";

const KEPT = "lvtu.toured";

/** Offers the tour to who has not taken it, nor said no. */
export function TourOffer({ map }: { map: string }) {
  const say = useSay();
  const tour = useStartTour(map);
  const touring = useTour() !== null;
  const [seen, setSeen] = useState(localStorage.getItem(KEPT) !== null);
  const settle = () => {
    localStorage.setItem(KEPT, "1");
    setSeen(true);
  };
  if (seen || touring) return null;
  return (
    <aside className={classes.offer} aria-label={say("web.tour.name")}>
      <IconCompass size={18} stroke={1.7} />
      <span>{say("web.tour.offer")}</span>
      <Button
        size="xs"
        variant="default"
        loading={tour.isPending}
        onClick={() => tour.mutate(undefined, { onSuccess: settle })}
      >
        {say("web.tour.begin")}
      </Button>
      <CloseButton size="sm" aria-label={say("web.tour.no")} onClick={settle} />
    </aside>
  );
}
