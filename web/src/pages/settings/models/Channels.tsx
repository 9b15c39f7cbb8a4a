import { useChannels } from "@/hooks/useModel";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";

/** The channels that events can come by. */
export function Channels() {
  const say = useSay();
  const found = useChannels();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  return (
    <div className={classes.stack}>
      <p className={classes.faint}>{say("web.settings.channels_about")}</p>
      <Card flush>
        <Rows
          label={say("web.settings.channels")}
          heads={[
            { key: "name", title: say("web.settings.channel") },
            { key: "key", title: say("web.settings.in_data") },
            { key: "online", title: say("web.settings.online") },
          ]}
          rows={found.data.map((one) => ({
            key: one.key,
            cells: [
              <b key="name">{one.name[say.lang]}</b>,
              <code key="key">{one.key}</code>,
              <Chip key="online">
                {say(one.online ? "web.settings.is_online" : "web.settings.is_offline")}
              </Chip>,
            ],
          }))}
        />
      </Card>
    </div>
  );
}
