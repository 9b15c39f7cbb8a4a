import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { UseMutationResult } from "@tanstack/react-query";
import { Confirm } from "./Confirm";

/** A button that ends something for good, and asks before it does. */
export function Ending<Id>({
  of,
  by,
  verb,
  title,
  why,
  size = "compact-sm",
}: {
  of: Id;
  by: UseMutationResult<unknown, Error, Id>;
  verb: string;
  /** The question, and what follows from a yes. */
  title: string;
  why: string;
  size?: "compact-sm" | "xs";
}) {
  const [sure, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="subtle" color="gray" c="var(--worse)" size={size} onClick={open}>
        {verb}
      </Button>
      <Confirm
        opened={sure}
        onClose={close}
        title={title}
        verb={verb}
        busy={by.isPending}
        error={by.error}
        onConfirm={() => by.mutate(of, { onSuccess: close })}
      >
        <p>{why}</p>
      </Confirm>
    </>
  );
}
