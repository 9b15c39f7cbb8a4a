import type { components } from "@/client/schema";

type Schemas = components["schemas"];

export type Customers = Schemas["Customers"];
export type Customer = Schemas["Customer"];
export type Profile = Schemas["Profile"];
export type Identity = Schemas["Identity"];
