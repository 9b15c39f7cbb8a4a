import { Drawer } from "@mantine/core";
import { useState } from "react";
import type { Behind } from "@/hooks/useCellCustomers";
import { useSay } from "@/words/say";
import { CustomerPanel } from "./CustomerPanel";
import { PeopleList } from "./PeopleList";

interface Props {
  /** Whose customers; null when it is closed. */
  behind: Behind | null;
  /** What was chosen. */
  title: string;
  onClose: () => void;
  /** What else may be done with them, or is to be known; a function is told how a customer is opened. */
  children?: React.ReactNode | ((open: (customer: string) => void) => React.ReactNode);
}

/** A drawer with the customers behind a bar, band or node; each opens their time line. */
export function CustomerDrawer({ behind, title, onClose, children }: Props) {
  const say = useSay();
  const [customer, setCustomer] = useState<string | null>(null);
  const [of, setOf] = useState(behind);
  if (of !== behind) {
    setOf(behind);
    setCustomer(null);
  }
  return (
    <Drawer
      opened={behind !== null}
      onClose={onClose}
      position="right"
      size={360}
      title={title}
      closeButtonProps={{ "aria-label": say("web.do.close") }}
    >
      {customer && <CustomerPanel customer={customer} onBack={() => setCustomer(null)} />}
      {behind && !customer && (
        <>
          {typeof children === "function" ? children(setCustomer) : children}
          <PeopleList behind={behind} onOpen={setCustomer} />
        </>
      )}
    </Drawer>
  );
}
