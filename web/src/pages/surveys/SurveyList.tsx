import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { useRole } from "@/hooks/useRole";
import { type SurveyListed, useSurveys } from "@/hooks/useSurveys";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { interval, percent, whole } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import { NewSurvey } from "./NewSurvey";
import { StateChip } from "./StateChip";
import classes from "./Surveys.module.css";

/** Every survey: whether it is asked, and how many have answered. */
export function SurveyList() {
  const say = useSay();
  const found = useSurveys();
  const { may } = useRole();
  const [making, { open, close }] = useDisclosure();
  const button = may("editor") && (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {say("web.surveys.new")}
    </Button>
  );
  return (
    <Page
      title={say("web.shell.surveys")}
      about={say("web.surveys.about")}
      actions={found.data?.length ? button : null}
    >
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data?.length === 0 && (
        <Empty title={say("web.surveys.none")} why={say("web.surveys.none_why")}>
          {button}
        </Empty>
      )}
      {found.data && found.data.length > 0 && (
        <Card flush>
          <Listing surveys={found.data} />
        </Card>
      )}
      <NewSurvey opened={making} onClose={close} taken={(found.data ?? []).map((one) => one.key)} />
    </Page>
  );
}

function Listing({ surveys }: { surveys: SurveyListed[] }) {
  const say = useSay();
  return (
    <Rows
      label={say("web.shell.surveys")}
      heads={[
        { key: "title", title: say("web.surveys.survey") },
        { key: "state", title: say("web.surveys.state") },
        { key: "complete", title: say("web.surveys.responses"), number: true },
        { key: "rate", title: say("web.surveys.rate"), number: true, extra: true },
        { key: "updated", title: say("web.surveys.updated"), extra: true },
      ]}
      rows={surveys.map((one) => ({
        key: one.id,
        cells: [
          <span key="title" className={classes.named}>
            <Link to={one.id}>{one.title}</Link>
            <span className={classes.faint}>{say("web.surveys.questions", { n: one.questions })}</span>
          </span>,
          <StateChip key="state" survey={one} />,
          whole(one.responses.complete),
          <span key="rate" className={classes.rate}>
            {percent(one.responses.rate)}
            {one.responses.rate !== null && (
              <span className={classes.faint}>
                {interval(one.responses.low, one.responses.high, "share")}
              </span>
            )}
          </span>,
          ago(one.updated, say.lang),
        ],
      }))}
    />
  );
}
