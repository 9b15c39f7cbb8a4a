import { Problem } from "@/parts/Problem";
import { RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "./Registers.module.css";
import { useSwot } from "./useRegisters";

/** Strengths and weaknesses as registers have them; threats are only what people wrote. */
export function Swot() {
  const say = useSay();
  const found = useSwot();
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <RowsLoading />;
  return (
    <div className={classes.fields}>
      {found.data.fields.map(({ name, title, entries }) => (
        <section key={name} className={classes.field} aria-label={title}>
          <h2>{title}</h2>
          {entries.length ? (
            <ul>
              {[...new Set(entries)].map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          ) : (
            <p>{say(`web.maps.registers.swot_none.${name}`)}</p>
          )}
        </section>
      ))}
    </div>
  );
}
