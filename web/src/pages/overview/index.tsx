import { Button, Skeleton } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import type { Spec } from "@/api/types";
import { useAsked } from "@/hooks/useAsked";
import { useWorkspace, useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { Asking } from "@/parts/Asking";
import { CustomerDrawer } from "@/parts/CustomerDrawer";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { Unbroken } from "@/parts/Unbroken";
import { allWords } from "@/words";
import { useSay } from "@/words/say";
import { Attention } from "./Attention";
import { Headline, HeadlineWaiting } from "./Headline";
import { Live } from "./Live";
import classes from "./Overview.module.css";
import { placeOf } from "./place";
import { Strip } from "./Strip";
import type { Overview as Shown, Stage } from "./types";
import { useOverview } from "./useOverview";

const Newcomer = lazy(async () => (await Promise.all([import("./Newcomer"), allWords()]))[0]);

/** The home of a workspace: its stages, what changed, what comes in, and what needs a person's eye. */
export default function Overview() {
  const say = useSay();
  const workspace = useWorkspace().data;
  const [asked, ask] = useAsked();
  const { data, error, isPending, isPlaceholderData, widened, refetch } = useOverview(asked);

  if (data?.state === "empty") {
    return (
      <Suspense>
        <Newcomer />
      </Suspense>
    );
  }
  const title = data?.model?.title ?? workspace?.titles[say.lang] ?? say("web.shell.overview");
  return (
    <Page
      title={title}
      about={data?.period ? <Period shown={data} widened={widened} /> : " "}
      actions={<Asking asked={asked} now={data?.period?.now} model={data?.model?.key} onAsk={ask} />}
    >
      {error && <Problem error={error} retry={() => refetch()} />}
      {isPending && <Waiting />}
      {data && !error && (
        <Stale when={isPlaceholderData}>
          <Headline figures={data.headline ?? []} />
          <Journey shown={data} />
        </Stale>
      )}
      {(data || !error) && (
        <div className={classes.below}>
          {data ? <Attention matters={data.attention ?? []} /> : <Skeleton height={150} radius={12} />}
          <Live token={data?.token} />
        </div>
      )}
    </Page>
  );
}

function Period({ shown, widened }: { shown: Shown; widened: boolean }) {
  const say = useSay();
  return <Unbroken text={`${widened ? say("web.overview.widened") : ""}${shown.period?.text ?? ""}`} />;
}

/** The strip of stages with the way to its question, or the one step that leads to one. */
function Journey({ shown }: { shown: Shown }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const [open, setOpen] = useState<Stage | null>(null);
  const { spec, next, stages = [], notes = [] } = shown;
  if (next) {
    return (
      <section className={classes.card}>
        <Empty title={say("web.overview.no_stages")} why={next.text}>
          <Button component={Link} to={placeOf(ws, next.target)}>
            {say(next.code === "choose_model" ? "web.overview.choose_model" : "web.overview.make_model")}
          </Button>
        </Empty>
      </section>
    );
  }
  const question = spec ? askOf("stages", withoutName(spec)) : "explore/stages";
  return (
    <>
      <section className={classes.card}>
        <Strip stages={stages} onOpen={setOpen} />
      </section>
      <div className={classes.foot}>
        <p>{notes.join(say("web.overview.stop"))}</p>
        <Button
          component={Link}
          to={`/w/${encodeURIComponent(ws)}/${question}`}
          variant="subtle"
          size="xs"
          leftSection={<IconChartBar size={14} />}
        >
          {say("web.overview.explore")}
        </Button>
      </div>
      <CustomerDrawer
        behind={
          open && spec
            ? { analysis: "stages", spec: spec as Spec, cell: { stage: open.key }, token: shown.token }
            : null
        }
        title={open?.name ?? ""}
        onClose={() => setOpen(null)}
      >
        <p className={classes.lead}>
          <Link to={`/w/${encodeURIComponent(ws)}/${question}`}>{say("web.overview.explore")}</Link>
        </p>
      </CustomerDrawer>
    </>
  );
}

function withoutName({ analysis: _, ...rest }: Record<string, unknown>) {
  return rest as Parameters<typeof askOf>[1];
}

function Waiting() {
  return (
    <>
      <HeadlineWaiting />
      <Skeleton height={330} radius={12} />
    </>
  );
}
