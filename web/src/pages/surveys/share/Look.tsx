import { Button, FileButton, Select, TextInput } from "@mantine/core";
import type { SurveySettings } from "@/hooks/useSurveys";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";

/** As large as the service takes one, in characters. */
const LARGEST = 60_000;
/** Twice what the page shows, for fine screens. */
const [WIDE, HIGH] = [480, 160];

type Theme = NonNullable<SurveySettings["theme"]>;

/** How the page of a survey looks: its colour, its logo, light or dark. */
export function Look({ theme, onChange }: { theme?: Theme; onChange: (theme: Theme) => void }) {
  const say = useSay();
  const put = (change: Partial<Theme>) => onChange({ look: "auto", ...theme, ...change });
  const take = async (file: File | null) => {
    if (!file) return;
    try {
      put({ logo: await pictureOf(file) });
    } catch {
      refused(new Error(say("web.surveys.logo_wrong")));
    }
  };
  return (
    <fieldset>
      <legend>{say("web.surveys.look_of_page")}</legend>
      <div className={classes.line}>
        <TextInput
          size="xs"
          w={120}
          type="color"
          label={say("web.surveys.accent")}
          value={theme?.accent ?? "#2f5bd7"}
          onChange={(event) => put({ accent: event.currentTarget.value })}
        />
        <Select
          size="xs"
          w={180}
          label={say("web.surveys.scheme")}
          data={(["auto", "light", "dark"] as const).map((value) => ({
            value,
            label: say(`web.surveys.scheme_${value}`),
          }))}
          value={theme?.look ?? "auto"}
          allowDeselect={false}
          onChange={(look) => put({ look: look ?? "auto" })}
        />
      </div>
      <div className={classes.line}>
        {theme?.logo && <img className={classes.logo} src={theme.logo} alt={say("web.surveys.logo")} />}
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={take}>
          {(props) => (
            <Button {...props} variant="default" size="xs">
              {say(theme?.logo ? "web.surveys.logo_other" : "web.surveys.logo_take")}
            </Button>
          )}
        </FileButton>
        {theme?.logo && (
          <Button variant="subtle" size="xs" onClick={() => put({ logo: null })}>
            {say("web.do.remove")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** A picture as small as it is shown, in a text; without a place in the picture's own data for anything else. */
async function pictureOf(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  for (const part of [1, 0.5]) {
    const scale = Math.min(1, (part * WIDE) / picture.width, (part * HIGH) / picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const kind of ["image/png", "image/webp"]) {
      const text = canvas.toDataURL(kind, 0.85);
      if (text.length <= LARGEST) return text;
    }
  }
  throw new Error("too large");
}
