import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import { CustomerPanel } from "@/parts/CustomerPanel";
import { PeoplePages } from "@/parts/PeopleList";
import { useSay } from "@/words/say";
import { type Chosen, useMapCustomers } from "./useBehind";

/** The customers behind a number of the map; each opens their time line. */
export function Who({ id, chosen, onBack }: { id: string; chosen: Chosen; onBack: () => void }) {
  const say = useSay();
  const [customer, setCustomer] = useState<string | null>(null);
  const found = useMapCustomers(id, chosen);
  if (customer) return <CustomerPanel customer={customer} onBack={() => setCustomer(null)} />;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        mb={10}
        ml={-8}
        leftSection={<IconArrowLeft size={14} />}
        onClick={onBack}
      >
        {say("web.maps.behind.back")}
      </Button>
      <PeoplePages found={found} onOpen={setCustomer} />
    </>
  );
}
