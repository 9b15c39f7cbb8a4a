import { languagesOf } from "@survey/definition";
import { of } from "@/api/http";
import type { SurveyOf, SurveySettings } from "@/hooks/useSurveys";
import { useSurveyLink } from "@/hooks/useSurveys";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Code } from "@/parts/Code";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";
import { Kiosk } from "./Kiosk";
import { Sending } from "./Sending";

/** How people come to a survey: its link, its QR code, its place in websites, and who is asked when. */
export function Share({
  survey,
  settings,
  onChange,
}: {
  survey: SurveyOf;
  settings: SurveySettings;
  onChange: (change: Partial<SurveySettings>) => void;
}) {
  const say = useSay();
  if (!survey.published) {
    return <Empty title={say("web.surveys.not_published")} why={say("web.surveys.not_published_why")} />;
  }
  return (
    <div className={classes.share_page}>
      <LinkCard survey={survey} />
      <EmbedCard survey={survey} />
      <Kiosk survey={survey} />
      <Sending settings={settings} languages={languagesOf(survey.definition)} onChange={onChange} />
    </div>
  );
}

function LinkCard({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const link = useSurveyLink(survey.id, "link");
  const qr = of(ws, "surveys", survey.id, "qr");
  return (
    <Card title={say("web.surveys.link")}>
      <div className={classes.linked}>
        <div className={classes.link}>
          <p className={classes.faint}>{say("web.surveys.link_about")}</p>
          {link.isError && <Problem error={link.error} retry={() => link.refetch()} />}
          {link.data && <Code text={link.data.url} label={say("web.surveys.link")} />}
          <p>
            <a href={link.data?.url} target="_blank" rel="noreferrer">
              {say("web.surveys.open_it")}
            </a>
            {" · "}
            <a href={`${qr}?format=svg&channel=qr`} download={`${survey.key}.svg`}>
              {say("web.surveys.take_qr", { format: "SVG" })}
            </a>
            {" · "}
            <a href={`${qr}?format=png&size=16&channel=qr`} download={`${survey.key}.png`}>
              {say("web.surveys.take_qr", { format: "PNG" })}
            </a>
          </p>
        </div>
        <img
          className={classes.qr}
          src={`${qr}?format=svg&channel=qr`}
          alt={say("web.surveys.qr")}
          width={148}
          height={148}
        />
      </div>
    </Card>
  );
}

function EmbedCard({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const script = (as: string) =>
    `<script async src="${location.origin}/lvtu-survey.js" data-survey="${survey.link}" data-as="${as}"></script>`;
  return (
    <Card title={say("web.surveys.embed")}>
      <p className={classes.faint}>{say("web.surveys.embed_about")}</p>
      {(["inline", "button", "intercept"] as const).map((as) => (
        <div key={as} className={classes.embed}>
          <h3>{say(`web.surveys.embed_${as}`)}</h3>
          <Code text={script(as)} label={say(`web.surveys.embed_${as}`)} />
        </div>
      ))}
    </Card>
  );
}
