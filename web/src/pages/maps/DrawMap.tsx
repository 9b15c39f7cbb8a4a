import { NativeSelect, SegmentedControl, Skeleton, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useWorkspace, useWorkspaceName } from "@/hooks/useWorkspace";
import { LaterConditionBuilder } from "@/parts/condition/LaterConditionBuilder";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./DrawMap.module.css";
import {
  type Line,
  proposed,
  type Rated,
  SOURCES,
  type Source,
  stepsOf,
  surveyFor,
  surveysOf,
  useRated,
} from "./draw";
import { GuessedStages } from "./GuessedStages";
import { SurveySteps } from "./SurveySteps";
import { type MapModel, useMapActions } from "./useMaps";

interface Props {
  opened: boolean;
  onClose: () => void;
  models: MapModel[];
  /** What is chosen first, where there is such a thing. */
  first: string | null;
  /** What the survey is called that was brought in a moment ago. */
  called: string | null;
  /** A question of it. */
  asks: string | null;
}

/** Draws a map from the data: of a survey, of a journey model, or of what customers did. */
export function DrawMap({ opened, onClose, models, first, called, asks }: Props) {
  const say = useSay();
  const rated = useRated(opened);
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.maps.draw")} size="lg">
      {rated.isPending ? (
        <Skeleton height={260} />
      ) : (
        <Form models={models} rated={rated.data ?? []} first={first} called={called} asks={asks} />
      )}
    </Dialog>
  );
}

function Form({
  models,
  rated,
  first,
  called,
  asks,
}: Pick<Props, "models" | "first" | "called" | "asks"> & { rated: Rated[] }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const go = useNavigate();
  const { draw } = useMapActions();
  const surveys = surveysOf(rated);
  const [survey, setSurvey] = useState(() => surveyFor(rated, asks));
  const [lines, setLines] = useState<Line[]>(() => proposed(rated, survey));
  const choose = (next: number) => {
    setSurvey(next);
    setLines(proposed(rated, next));
  };
  const known: Record<Source, boolean> = {
    survey: lines.some((one) => one.taken),
    model: models.length > 0,
    behaviour: true,
  };
  const sources = SOURCES.filter((one) => known[one] || (one === "survey" && rated.length > 0));
  const [source, setSource] = useState<Source>(() => {
    const usual = known.model ? "model" : known.survey ? "survey" : "behaviour";
    return sources.find((one) => one === first) ?? usual;
  });
  const [model, setModel] = useState(models[0]?.key ?? "");
  const workspace = useWorkspace().data?.titles[say.lang];
  const about = called || workspace;
  const [title, setTitle] = useState("");
  const [where, setWhere] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const drawing = {
      title: title.trim() || (source === "survey" && about) || null,
      model: source === "model" ? model : source,
      where: source === "survey" ? null : where,
      ...(source === "survey" && { steps: stepsOf(lines) }),
    };
    // The first map makes this form go before it is told: so the way on is not the form's own.
    draw
      .mutateAsync(drawing)
      .then((made) => go(`/w/${encodeURIComponent(ws)}/maps/${made.id}`))
      .catch(() => undefined); // it stands in the form
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      {sources.length > 1 && (
        <SegmentedControl
          aria-label={say("web.maps.sources")}
          value={source}
          data={sources.map((value) => ({ value, label: say(`web.maps.from.${value}`) }))}
          onChange={(next) => setSource(next as Source)}
        />
      )}
      <p className={classes.about}>{say(`web.maps.from_about.${source}`)}</p>
      {source === "model" && (
        <NativeSelect
          label={say("web.maps.model")}
          value={model}
          data={models.map((one) => ({ value: one.key, label: one.title }))}
          onChange={(event) => setModel(event.currentTarget.value)}
        />
      )}
      {source === "survey" && surveys.length > 1 && (
        <NativeSelect
          label={say("web.maps.survey.which")}
          value={survey}
          data={surveys.map(({ survey, drawn, first, n, answers }) => ({
            value: String(survey),
            label: say(drawn ? "web.maps.survey.asks_drawn" : "web.maps.survey.asks", {
              first,
              n,
              answers: whole(answers),
            }),
          }))}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        />
      )}
      {source === "survey" && (
        <GuessedStages lines={lines} survey={survey} rated={rated} onChange={setLines} />
      )}
      {source === "survey" && <SurveySteps lines={lines} onChange={setLines} />}
      <TextInput
        data-autofocus
        label={say("web.maps.title")}
        placeholder={source === "model" ? models.find((one) => one.key === model)?.title : about}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {source !== "survey" && (
        <LaterConditionBuilder
          label={say("web.maps.whom")}
          help={say("web.maps.whom_about")}
          value={where}
          onChange={setWhere}
        />
      )}
      <Decide by={draw} verb={say("web.maps.do_draw")} ready={known[source]} />
    </form>
  );
}
