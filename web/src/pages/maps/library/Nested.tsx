import { Anchor, Button, Select, Skeleton } from "@mantine/core";
import { Link } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Library.module.css";
import { useLibraryActions, useNesting } from "./useLibrary";

/** The map that tells a step in detail, with its numbers as those of the step; who may edit links one. */
export function Nested({ id, step }: { id: string; step: string }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { may } = useRole();
  const found = useNesting(id);
  const { nest } = useLibraryActions();
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={60} />;
  const child = found.data.children.find((one) => one.step === step);
  const offers = found.data.offers.map((one) => ({ value: one.id, label: one.title }));
  if (!child && (!may("editor") || offers.length === 0)) return null;
  return (
    <section className={classes.child}>
      <h3>{say("web.maps.nesting.inside")}</h3>
      {child?.title && (
        <Anchor component={Link} to={`/w/${encodeURIComponent(ws)}/maps/${child.id}`}>
          {say("web.maps.nesting.open", { title: child.title })}
        </Anchor>
      )}
      {child && !child.title && <p>{say("web.maps.nesting.gone")}</p>}
      {child && child.numbers.length > 0 && (
        <dl>
          {child.numbers.map((one) => (
            <div key={one.title} style={{ display: "contents" }}>
              <dt>{one.title}</dt>
              <dd>
                <b>{one.shown}</b> · n {whole(one.n)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {may("editor") && !child && (
        <Select
          size="xs"
          searchable
          aria-label={say("web.maps.nesting.link")}
          placeholder={say("web.maps.nesting.link")}
          data={offers}
          value={null}
          onChange={(map) => map && nest.mutate({ id, step, map })}
        />
      )}
      {may("editor") && child && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={nest.isPending}
          onClick={() => nest.mutate({ id, step, map: null })}
        >
          {say("web.maps.nesting.unlink")}
        </Button>
      )}
      {nest.error && <Problem error={nest.error} />}
    </section>
  );
}
