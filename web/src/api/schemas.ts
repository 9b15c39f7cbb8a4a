import type { components } from "@/client/schema";

/** A shape of the OpenAPI document by its name: `Of<"ContractOf">`. */
export type Of<Name extends keyof components["schemas"]> = components["schemas"][Name];
