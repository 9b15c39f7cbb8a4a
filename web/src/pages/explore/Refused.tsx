import { Button } from "@mantine/core";
import { Link } from "react-router";
import { refusedBy } from "@/api/problem";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";

const NO_MODEL = ["no_journey_model", "no_model_here"];

interface Props {
  error: Error;
  retry: () => void;
}

/** Whether a question was refused because it is about a journey model, and there is none. */
export const lacksModel = (error: Error | null) => refusedBy(error, NO_MODEL);

/** Why a question has no answer; where it only needs a journey model, the way to one. */
export function Refused({ error, retry }: Props) {
  const say = useSay();
  const ws = useWorkspaceName();
  if (!lacksModel(error)) return <Problem error={error} retry={retry} />;
  return (
    <Empty title={say("web.explore.no_model")} why={say("web.explore.no_model_why")}>
      <Button component={Link} to={`/w/${encodeURIComponent(ws)}/settings/models`}>
        {say("web.overview.choose_model")}
      </Button>
    </Empty>
  );
}
