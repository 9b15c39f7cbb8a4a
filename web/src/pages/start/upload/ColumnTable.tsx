import { Select } from "@mantine/core";
import { percent } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "../Start.module.css";
import type { FileColumn, Looked } from "../types";
import { type Feed, leftOut, type Mapping, rolesOf, withLeftOut, withRole } from "./mapping";
import { LEFT_OUT, PROPERTY, ROLES, roleName } from "./roles";

const SAMPLES = 3;

interface Props {
  looked: Looked;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** A line for each column: what it is called, what it holds, and what it is read as. */
export function ColumnTable({ looked, mapping, onChange }: Props) {
  const say = useSay();
  const names = looked.columns.map(({ name }) => name);
  const gone = leftOut(mapping, names);
  const choose = (column: string, role: string | null) => {
    const kept = withLeftOut(mapping, names, column, role === LEFT_OUT);
    const free = role === LEFT_OUT || role === PROPERTY || role === null;
    const changed = withRole(
      kept,
      column,
      free ? null : role,
      free ? undefined : guessed(looked, column, role),
    );
    onChange(role === LEFT_OUT ? withLeftOut(changed, names, column, true) : changed);
  };
  return (
    <table className={classes.columns}>
      <thead>
        <tr>
          <th scope="col">{say("web.upload.column")}</th>
          <th scope="col">{say("web.upload.holds")}</th>
          <th scope="col">{say("web.upload.read_as")}</th>
        </tr>
      </thead>
      <tbody>
        {looked.columns.map((column) => {
          const [role, ...others] = rolesOf(mapping, column.name);
          const shown = role ?? (gone.includes(column.name) ? LEFT_OUT : PROPERTY);
          return (
            <tr key={column.name} data-free={shown === PROPERTY || shown === LEFT_OUT}>
              <th scope="row">
                {column.name}
                {column.filled < 1 && (
                  <small>{say("web.upload.filled", { share: percent(column.filled, 0) })}</small>
                )}
              </th>
              <td>
                {column.samples.slice(0, SAMPLES).map((sample) => (
                  <span key={sample} className={classes.sample}>
                    {sample}
                  </span>
                ))}
              </td>
              <td>
                <Select
                  aria-label={say("web.upload.read_column", { name: column.name })}
                  data={choices(say, shown)}
                  value={shown}
                  onChange={(next) => choose(column.name, next)}
                  allowDeselect={false}
                  searchable
                  nothingFoundMessage={say("web.parts.nothing_found")}
                />
                <small>
                  {[confidence(column, shown, say), ...others.map((one) => roleName(say, one))]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function choices(say: ReturnType<typeof useSay>, shown: string) {
  const known = ROLES.flatMap(({ roles }) => roles);
  const own = known.includes(shown) || shown === PROPERTY || shown === LEFT_OUT ? [] : [shown];
  const groups = ROLES.map(({ group, roles }) => ({
    group: say(group),
    items: roles.map((role) => ({ value: role, label: roleName(say, role) })),
  }));
  return [
    { value: PROPERTY, label: say("web.upload.property") },
    { value: LEFT_OUT, label: say("web.upload.left_out") },
    ...own.map((role) => ({ value: role, label: roleName(say, role) })),
    ...groups,
  ];
}

/** Why a column was taken for this, and how sure that is. */
function confidence(column: FileColumn, role: string, say: ReturnType<typeof useSay>): string {
  const found = column.feeds.find(({ field }) => field === role);
  if (!found) return "";
  return `${say(found.confidence === "high" ? "web.upload.sure" : "web.upload.likely")} · ${found.why}`;
}

/** How the guess reads a column as this, with its format and all. */
function guessed(looked: Looked, column: string, role: string): Feed | undefined {
  const { fields = {}, identifiers = {} } = looked.guess as Mapping;
  const feed = role.startsWith("identifiers.") ? identifiers[role.split(".")[1] ?? ""] : fields[role];
  return feed?.column === column ? feed : undefined;
}
