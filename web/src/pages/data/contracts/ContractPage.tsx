import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useParams } from "react-router";
import {
  type Contract,
  type ContractOf,
  type Mode,
  useContract,
  useLearn,
  useSaveContract,
  useTryContract,
} from "@/hooks/useContracts";
import { useRole } from "@/hooks/useRole";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { refused, told } from "@/parts/notice";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { Crumb } from "../Crumb";
import classes from "../Data.module.css";
import { nothingOf } from "./edited";
import { Properties } from "./Properties";
import { Trial } from "./Trial";

const MODES: Mode[] = ["off", "observe", "warn", "enforce"];

/** The contract of one event: what its properties must be, how it is held, what broke it. */
export function ContractPage() {
  const { event = "" } = useParams();
  const found = useContract(event);
  if (found.error) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.data === undefined) return <RowsLoading />;
  return <Editing key={`${event} ${found.data?.version}`} event={event} kept={found.data} />;
}

function Editing({ event, kept }: { event: string; kept: ContractOf | null }) {
  const say = useSay();
  const { may } = useRole();
  const learn = useLearn(event);
  const save = useSaveContract(event);
  const trial = useTryContract();
  const [contract, setContract] = useState<Contract | null>(kept?.contract ?? null);
  const edits = may("editor");
  const changed = JSON.stringify(contract) !== JSON.stringify(kept?.contract ?? null);
  // What was tried is no longer what would be saved; the mode alone changes nothing of it.
  const edit = (next: Contract) => {
    setContract(next);
    trial.reset();
  };
  const take = () =>
    learn.mutate(undefined, {
      onSuccess: (found) => edit({ ...found.contract, mode: contract?.mode ?? "observe" }),
    });
  const keep = () =>
    contract &&
    save.mutate(
      { contract, version: kept?.version ?? null },
      { onSuccess: (now) => told(say("web.data.contract_saved", { n: now.version ?? 1 })), onError: refused },
    );
  return (
    // What is changed while it is saved would be gone with the answer.
    <div className={classes.stack} inert={save.isPending}>
      <Crumb to="contracts" parent={say("web.data.contracts")} title={event}>
        {kept && <span className={classes.faint}>{say("web.data.version_n", { n: kept.version ?? 1 })}</span>}
        {edits && contract && (
          <>
            <Button variant="default" loading={learn.isPending} onClick={take}>
              {say("web.data.learn")}
            </Button>
            <Button
              variant="default"
              disabled={!changed}
              loading={trial.isPending}
              onClick={() => trial.mutate(contract)}
            >
              {say("web.data.look_first")}
            </Button>
            <Button disabled={!changed} loading={save.isPending} onClick={keep}>
              {say("web.do.save")}
            </Button>
          </>
        )}
      </Crumb>
      {(learn.error ?? trial.error) && <Problem error={(learn.error ?? trial.error) as Error} />}
      {!contract ? (
        <Empty
          title={say("web.data.no_contract")}
          why={say(edits ? "web.data.no_contract_why" : "web.data.contracts_role")}
        >
          {edits && (
            <>
              <Button loading={learn.isPending} onClick={take}>
                {say("web.data.learn")}
              </Button>
              <Button variant="default" onClick={() => setContract(nothingOf(event))}>
                {say("web.data.from_nothing")}
              </Button>
            </>
          )}
        </Empty>
      ) : (
        <>
          {trial.data && <Trial tried={trial.data} mode={contract.mode} />}
          <Card title={say("web.data.mode")}>
            <SegmentedControl
              value={contract.mode}
              onChange={(mode) => setContract({ ...contract, mode: mode as Mode })}
              disabled={!edits}
              aria-label={say("web.data.mode")}
              data={MODES.map((mode) => ({ value: mode, label: say(`web.data.mode_${mode}`) }))}
            />
            <p className={classes.under}>{say(`web.data.mode_${contract.mode}_why`)}</p>
          </Card>
          <Card title={say("web.data.properties")} aside={say("web.data.others_allowed")} flush>
            <Properties contract={contract} onChange={edits ? edit : undefined} />
          </Card>
          {kept && <Violations kept={kept} />}
        </>
      )}
    </div>
  );
}

function Violations({ kept }: { kept: ContractOf }) {
  const say = useSay();
  const zone = useZone();
  return (
    <Card
      title={say("web.data.violations")}
      aside={say("web.data.violations_of", { n: kept.version ?? 1 })}
      flush
    >
      {kept.violations.length ? (
        <Rows
          label={say("web.data.violations")}
          heads={[
            { key: "text", title: say("web.data.what_broke") },
            { key: "messages", title: say("web.data.messages"), number: true },
            { key: "last", title: say("web.data.newest"), extra: true },
          ]}
          rows={kept.violations.map((one) => ({
            key: `${one.property} ${one.code} ${one.version}`,
            cells: [one.text, whole(one.messages), moment(one.last, zone)],
          }))}
        />
      ) : (
        <p className={classes.more}>{say("web.data.none_broke")}</p>
      )}
    </Card>
  );
}
