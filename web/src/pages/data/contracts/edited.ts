import type { Contract } from "@/hooks/useContracts";

export type Property = NonNullable<Contract["properties"]>[string];

export const KINDS = ["string", "number", "integer", "boolean", "array", "object"] as const;

/** A contract that asks nothing yet. */
export function nothingOf(event: string): Contract {
  return { event, mode: "observe", properties: {}, required: [] };
}

/** The contract with a property changed, renamed or taken out (null). */
export function withProperty(contract: Contract, name: string, changed: Property | null): Contract {
  const properties = { ...contract.properties };
  if (changed) properties[name] = changed;
  else delete properties[name];
  const required = changed ? contract.required : contract.required.filter((one) => one !== name);
  return { ...contract, properties, required };
}

/** The contract with a property that must be there, or need not. */
export function withRequired(contract: Contract, name: string, must: boolean): Contract {
  const others = contract.required.filter((one) => one !== name);
  return { ...contract, required: must ? [...others, name] : others };
}

/** Allowed values as they were typed, in the type that the property has. */
export function valuesOf(texts: string[], property: Property): Property["enum"] {
  const numeric = property.type?.some((kind) => kind === "number" || kind === "integer");
  const values = texts.map((text) =>
    numeric && text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : text,
  );
  return values.length ? values : null;
}
