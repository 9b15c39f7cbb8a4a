import { Button, Select } from "@mantine/core";
import { useState } from "react";
import type { TileAnswer } from "@/hooks/useBoard";
import type { BoardOf } from "@/hooks/useBoards";
import { useShareActions, useShares } from "@/hooks/useShares";
import { useZone } from "@/hooks/useZone";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { refused } from "@/parts/notice";
import { Once } from "@/parts/Once";
import { Problem } from "@/parts/Problem";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Boards.module.css";
import { asking, titleOf } from "./titles";

const DAYS = ["7", "30", "90", ""];

interface Props {
  kept: BoardOf;
  answers: TileAnswer[];
  opened: boolean;
  onClose: () => void;
}

/** Links at which anybody reads what the board answers. */
export function ShareDialog({ kept, answers, opened, onClose }: Props) {
  const say = useSay();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={say("web.boards.share_title", { name: kept.name })}
      size={560}
    >
      <div className={dialog.form}>
        <p className={dialog.about}>{say("web.boards.share_about")}</p>
        <NewLink kept={kept} answers={answers} />
        <Links board={kept.id} opened={opened} />
      </div>
    </Dialog>
  );
}

function NewLink({ kept, answers }: { kept: BoardOf; answers: TileAnswer[] }) {
  const say = useSay();
  const { share } = useShareActions();
  const [days, setDays] = useState("30");
  const make = () => {
    const byId = new Map(answers.map((one) => [one.id, one]));
    const questions = kept.board.tiles
      .filter((tile) => byId.get(tile.id)?.answer)
      .sort((a, b) => a.y - b.y || a.x - b.x)
      .map((tile) => {
        const found = byId.get(tile.id);
        return { ...asking(tile, found?.answer), title: titleOf(tile, found, say.lang).slice(0, 300) };
      });
    share.mutate({ title: kept.name, questions, board: kept.id, days: days ? Number(days) : null });
  };
  return (
    <>
      <div className={classes.newlink}>
        <Select
          label={say("web.boards.share_until")}
          allowDeselect={false}
          value={days}
          onChange={(value) => setDays(value ?? "")}
          data={DAYS.map((value) => ({
            value,
            label: value ? say("web.boards.share_days", { n: Number(value) }) : say("web.boards.share_ever"),
          }))}
        />
        <Button onClick={make} loading={share.isPending}>
          {say("web.boards.share_make")}
        </Button>
      </div>
      {share.error && <Problem error={share.error} />}
      {share.data && <Once secret={share.data.link} about={say("web.boards.share_made")} />}
    </>
  );
}

function Links({ board, opened }: { board: string; opened: boolean }) {
  const say = useSay();
  const zone = useZone();
  const links = useShares(board, opened).data ?? [];
  const { revoke } = useShareActions();
  if (!links.length) return null;
  return (
    <section>
      <h3 className={classes.links}>{say("web.boards.share_now")}</h3>
      <ul className={classes.linklist}>
        {links.map((link) => (
          <li key={link.id}>
            <code>…{link.ends}</code>
            <span>{say("web.boards.share_since", { when: moment(link.created, zone) })}</span>
            <Chip>
              {link.expires
                ? say("web.boards.share_ends", { when: moment(link.expires, zone) })
                : say("web.boards.share_ever")}
            </Chip>
            <Button
              variant="subtle"
              size="compact-sm"
              color="gray"
              c="var(--worse)"
              loading={revoke.isPending && revoke.variables === link.id}
              onClick={() => revoke.mutate(link.id, { onError: refused })}
            >
              {say("web.do.revoke")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
