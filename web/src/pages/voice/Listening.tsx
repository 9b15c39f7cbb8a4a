import { Link } from "react-router";
import type { Cell, Spec } from "@/api/types";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { CustomerDrawer } from "@/parts/CustomerDrawer";
import { useSay } from "@/words/say";
import classes from "./Voice.module.css";

/** A number that customers are behind: of which question, and which of its cells. */
export interface Behind {
  spec: Record<string, unknown>;
  cell: Cell;
  title: string;
  part?: string;
}

/** The drawer with the customers behind a number, and the way to its question. */
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
      <p className={classes.lead}>
        <Link to={`/w/${encodeURIComponent(ws)}/${askOf(String(analysis), asked)}${how}`}>
          {say("web.overview.explore")}
        </Link>
      </p>
    </CustomerDrawer>
  );
}
