import { Button, Skeleton } from "@mantine/core";
import { useDebouncedValue, useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { ProblemError } from "@/api/problem";
import type { AnalysisForm, Answer, Cell, Spec } from "@/api/types";
import { useAnalyses } from "@/hooks/useAnalyses";
import { useAnswer } from "@/hooks/useAnswer";
import { useBegin } from "@/hooks/useBegin";
import { useComparison } from "@/hooks/useComparison";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import type { ChartHandle } from "@/parts/chart/Chart";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Side } from "@/parts/Side";
import { useSay } from "@/words/say";
import { askOf } from "./address";
import classes from "./Explore.module.css";
import { QuestionForm } from "./form/QuestionForm";
import type { Chosen } from "./People";
import { Picture } from "./Picture";
import { lacksModel } from "./Refused";
import { sidesOf } from "./sides";
import { carried, lacking, withField } from "./spec";
import { useQuestion } from "./useQuestion";
import { viewOf, viewsOf } from "./views";
import { wrongIn } from "./wrong";

const AnalysisSwitcher = lazy(async () => ({
  default: (await import("./AnalysisSwitcher")).AnalysisSwitcher,
}));
const People = lazy(async () => ({ default: (await import("./People")).People }));
const Begin = lazy(async () => ({ default: (await import("./Begin")).Begin }));
const Compared = lazy(async () => ({ default: (await import("./Compared")).Compared }));
const CompareMenu = lazy(async () => ({ default: (await import("./CompareMenu")).CompareMenu }));
const ExportMenu = lazy(async () => ({ default: (await import("./ExportMenu")).ExportMenu }));
const SaveMenu = lazy(async () => ({ default: (await import("./SaveMenu")).SaveMenu }));

const WAIT = 120;

/** Ask anything: the question on the left, the picture in the middle, the people on the right. */
export default function Explore() {
  const analyses = useAnalyses();
  const say = useSay();
  if (analyses.isError) return <Problem error={analyses.error} retry={() => analyses.refetch()} alone />;
  if (analyses.isPending) {
    return (
      <Page title={say("web.shell.explore")} bare>
        <Skeleton height="100%" />
      </Page>
    );
  }
  return <Asking forms={analyses.data} />;
}

function Asking({ forms }: { forms: AnalysisForm[] }) {
  const say = useSay();
  const go = useNavigate();
  const ws = useWorkspaceName();
  const { analysis, spec, how, changed, set, show, begin } = useQuestion();
  const begins = useBegin();
  const form = forms.find((one) => one.name === analysis);
  const narrow = useMediaQuery("(max-width: 760px)");
  const tight = useMediaQuery("(max-width: 1180px)");
  const [asking, { open: ask, close: asked }] = useDisclosure();
  const chart = useRef<ChartHandle>(null);

  const needs = form ? lacking(form, spec) : [];
  const view = viewOf(analysis, spec, how.as ?? undefined);
  const sides = sidesOf(how.vs);
  const [settled] = useDebouncedValue(JSON.stringify({ analysis, spec }), WAIT);
  const question = useMemo(() => JSON.parse(settled) as { analysis: string; spec: Spec }, [settled]);
  const asks = forms.find((one) => one.name === question.analysis);
  const whole = form && asks && !needs.length && !lacking(asks, question.spec).length ? question : null;
  const answer = useAnswer(question.analysis, whole && !sides ? question.spec : null, view.part);
  const untouched = !changed && !Object.keys(spec).length;
  const bare = untouched && (needs.length > 0 || lacksModel(answer.error));
  const first = bare ? begins.data?.[analysis] : undefined;
  useEffect(() => {
    if (first) begin(first);
  }, [first, begin]);
  const compared = useComparison(question.analysis, whole && question.spec, sides);
  const [chosen, setChosen] = useState<(Chosen & { at: string }) | null>(null);
  const at = [settled, how.vs, view.part].join();
  const current = chosen?.at === at ? chosen : null;
  const choose = (from: Answer, cell: Cell, said: string) =>
    setChosen({
      analysis: question.analysis,
      spec: from.spec,
      cell,
      said,
      token: from.token,
      part: view.part,
      at,
    });

  if (!form) {
    return (
      <Page title={say("web.shell.explore")}>
        <Empty title={say("web.explore.unknown", { name: analysis })} why={say("web.explore.unknown_why")}>
          <Button component={Link} to={`/w/${encodeURIComponent(ws)}/explore`}>
            {say("web.shell.explore")}
          </Button>
        </Empty>
      </Page>
    );
  }
  const switchTo = (next: AnalysisForm) =>
    go(
      `/w/${encodeURIComponent(ws)}/${askOf(next.name, { ...begins.data?.[next.name], ...carried(spec, form, next) })}`,
    );
  const sentence =
    (whole && (sides ? compared.data : answer.data)?.sentence) ||
    say("web.explore.untold", { title: form.title, what: form.what });
  const refused = whole ? (sides ? compared : answer).error : null;
  const wrong = refused instanceof ProblemError ? wrongIn(form, spec, refused.body) : null;
  const panel = (
    <>
      <Suspense fallback={<Skeleton height={34} />}>
        <AnalysisSwitcher forms={forms} chosen={form} onChoose={switchTo} />
      </Suspense>
      <QuestionForm key={form.name} form={form} spec={spec} onChange={set} wrong={wrong} />
    </>
  );
  const people = (
    <Suspense>
      <People
        chosen={current}
        notes={whole && !sides ? (answer.data?.notes ?? []) : []}
        asked={whole}
        onClose={() => setChosen(null)}
      />
    </Suspense>
  );
  const close = { "aria-label": say("web.do.close") };
  return (
    <Page title={form.title} bare>
      <div className={classes.explore}>
        {!narrow && (
          <aside className={classes.question} aria-label={say("web.explore.question")}>
            {panel}
          </aside>
        )}
        <div className={classes.middle}>
          <div className={classes.head}>
            <h1 className={classes.sentence} aria-live="polite">
              {sentence}
            </h1>
            <div className={classes.actions}>
              {narrow && (
                <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={14} />} onClick={ask}>
                  {say("web.explore.question")}
                </Button>
              )}
              {whole && (
                <>
                  <Suspense fallback={<Skeleton width={88} height={30} />}>
                    <CompareMenu
                      key={how.vs}
                      sides={sides}
                      onCompare={(next) => show({ vs: next && JSON.stringify(next) }, false)}
                    />
                  </Suspense>
                  <Suspense
                    fallback={
                      <Button variant="default" loading>
                        {say("web.explore.export")}
                      </Button>
                    }
                  >
                    <ExportMenu
                      {...whole}
                      chart={chart}
                      answer={sides ? (compared.data?.tested ?? undefined) : answer.data}
                    />
                  </Suspense>
                  <Suspense fallback={<Button loading>{say("web.explore.save")}</Button>}>
                    <SaveMenu {...whole} view={view.as === "table" ? "table" : "chart"} title={sentence} />
                  </Suspense>
                </>
              )}
            </div>
          </div>
          {bare && (first || begins.isPending) ? (
            <Skeleton height={420} radius="lg" />
          ) : needs[0] ? (
            <section className={classes.picture}>
              <Suspense fallback={<Skeleton height={320} />}>
                <Begin
                  form={form}
                  field={needs[0]}
                  onStart={(value) => needs[0] && set(withField(spec, needs[0], value), needs[0].name)}
                />
              </Suspense>
            </section>
          ) : sides ? (
            <Suspense fallback={<Skeleton height={420} radius="lg" />}>
              <Compared found={compared} sides={sides} as={view.as} onCell={choose} />
            </Suspense>
          ) : (
            <Picture
              answer={answer}
              as={view.as}
              views={viewsOf(analysis, spec)}
              onShow={(as) => show({ as: as === viewOf(analysis, spec).as ? null : as })}
              onCell={(cell, said) => answer.data && choose(answer.data, cell, said)}
              unnoted={!tight}
              ref={chart}
            />
          )}
        </div>
        {!tight && (
          <aside className={classes.people} aria-label={say("web.explore.people")}>
            {people}
          </aside>
        )}
      </div>
      {narrow && (
        <Side opened={asking} onClose={asked} title={say("web.explore.question")} closeButtonProps={close}>
          <div className={classes.drawer}>{panel}</div>
        </Side>
      )}
      {tight && (
        <Side
          opened={current !== null}
          onClose={() => setChosen(null)}
          position="right"
          size={360}
          title={say("web.explore.people")}
          closeButtonProps={close}
        >
          {people}
        </Side>
      )}
    </Page>
  );
}
