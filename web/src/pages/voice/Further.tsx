import { Button } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { Link } from "react-router";
import type { Spec } from "@/api/types";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { SaveMenu } from "@/pages/explore/SaveMenu";
import { useSay } from "@/words/say";

interface Props {
  /** The question that is answered here. */
  spec: Record<string, unknown>;
  title: string;
  /** How it is looked at. */
  as?: string;
}

/** The ways on from an answer: look into it, keep it on a board. */
export function Further({ spec, title, as }: Props) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { may } = useRole();
  const { analysis, ...asked } = spec as Spec;
  const address = `${askOf(String(analysis), asked)}${as ? `&~as=${as}` : ""}`;
  if (!may("analyst")) return null;
  return (
    <>
      <Button
        component={Link}
        to={`/w/${encodeURIComponent(ws)}/${address}`}
        variant="subtle"
        size="xs"
        leftSection={<IconChartBar size={14} />}
      >
        {say("web.overview.explore")}
      </Button>
      <SaveMenu analysis={String(analysis)} spec={asked} view="chart" title={title} quiet />
    </>
  );
}

/** What else can be asked of the same places and the same time: one index of them, and a scorecard of attributes. */
export function Beyond({
  spec,
  by,
}: {
  spec: Record<string, unknown> | undefined;
  by: string | null | undefined;
}) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { may } = useRole();
  if (!spec || !by || !may("analyst")) return null;
  const shared = Object.fromEntries(
    Object.entries({ ...spec, by }).filter(([name]) =>
      ["by", "where", "since", "until", "model"].includes(name),
    ),
  ) as Spec;
  return (["touchpoint_quality", "scorecard"] as const).map((analysis) => (
    <Button
      key={analysis}
      component={Link}
      to={`/w/${encodeURIComponent(ws)}/${askOf(analysis, shared)}`}
      variant="subtle"
      size="xs"
    >
      {say(`web.voice.${analysis}`)}
    </Button>
  ));
}
