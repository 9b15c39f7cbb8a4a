import { of } from "@/api/http";
import { useRole } from "@/hooks/useRole";
import { useGivenFiles } from "@/hooks/useSurveys";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";

const KILOBYTE = 1024;

/** The files that a question was answered with, to be saved; for those who may see who customers are. */
export function Given({ survey, question }: { survey: string; question: string }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { may } = useRole();
  const found = useGivenFiles(survey, question, may("analyst"));
  if (!found.data?.length) return null;
  return (
    <ul className={classes.given} aria-label={say("web.surveys.given_files")}>
      {found.data.map((one) => (
        <li key={one.file}>
          <a href={of(ws, "surveys", survey, "files", one.file)} download={one.name}>
            {one.name}
          </a>{" "}
          <span className={classes.faint}>{whole(Math.max(1, one.bytes / KILOBYTE))} KB</span>
        </li>
      ))}
    </ul>
  );
}
