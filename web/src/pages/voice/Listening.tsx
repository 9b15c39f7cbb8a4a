import { Link } from "react-router";
import type { Cell, Spec } from "@/api/types";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { CustomerDrawer } from "@/parts/CustomerDrawer";
import { useSay } from "@/words/say";
import { Quotes } from "./Quotes";
import classes from "./Voice.module.css";

/** A number that customers are behind: of which question, and which of its cells. */
export interface Behind {
  spec: Record<string, unknown>;
  cell: Cell;
  title: string;
  part?: string;
}

/** The drawer with what those behind a number said, who they are, and the way to the question. */
export function Listening({
  behind,
  token,
  onClose,
}: {
  behind: Behind | null;
  token: string;
  onClose: () => void;
}) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { analysis, ...asked } = (behind?.spec ?? {}) as Spec;
  const how = behind?.part ? `&~as=${behind.part}` : "";
  return (
    <CustomerDrawer
      behind={
        behind && {
          analysis: String(analysis),
          spec: behind.spec as Spec,
          cell: behind.cell,
          token,
          part: behind.part,
        }
      }
      title={behind?.title ?? ""}
      onClose={onClose}
    >
      {(open) => (
        <>
          <p className={classes.lead}>
            <Link to={`/w/${encodeURIComponent(ws)}/${askOf(String(analysis), asked)}${how}`}>
              {say("web.overview.explore")}
            </Link>
          </p>
          {behind && <Quotes behind={behind} onOpen={open} />}
        </>
      )}
    </CustomerDrawer>
  );
}
