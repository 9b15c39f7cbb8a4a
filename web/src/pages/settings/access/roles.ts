import { rolesUpTo, useRole } from "@/hooks/useRole";
import { useSay } from "@/words/say";

/** The roles that whoever is here may give, for a list to choose from. */
export function useRoleChoices() {
  const say = useSay();
  const { role } = useRole();
  return rolesUpTo(role).map((one) => ({ value: one, label: say(`web.settings.role_${one}`) }));
}
