/** The shapes of the service's answers that the app reads, named as the field names them. */

export type Role = "viewer" | "analyst" | "editor" | "admin" | "owner";

export interface Person {
  id: string;
  name: string;
  email: string | null;
  language: "zh" | "en" | null;
}

export interface Session {
  person: Person | null;
  local: boolean;
  csrf: string;
  workspaces: { name: string; title: string; role: Role }[];
}

export interface Workspace {
  name: string;
  title: string;
  zone: string;
  events: number;
  customers: number;
  first: string | null;
  last: string | null;
  refreshed: string | null;
  default_model: string | null;
  token: string;
}

export type Plain = string | number | boolean | null;
export type Json = Plain | Json[] | { [name: string]: Json };

/** A question: the spec of one analysis as JSON. */
export type Spec = { [name: string]: Json };

/** What stands for some customers: the values of one bar, band or node. */
export type Cell = { [name: string]: Json };

export type FieldKind =
  | "event"
  | "events"
  | "steps"
  | "field"
  | "condition"
  | "duration"
  | "time"
  | "number"
  | "boolean"
  | "choice"
  | "text"
  | "zone"
  | "model"
  | "segment"
  | "metric"
  | "list"
  | "json";

export interface FormField {
  name: string;
  title: string;
  help: string;
  kind: FieldKind;
  required: boolean;
  many: boolean;
  default: Json;
  choices: { value: string; title: string }[] | null;
  group: string;
}

export interface AnalysisForm {
  name: string;
  title: string;
  what: string;
  fields: FormField[];
}

export interface AnswerNote {
  code: string;
  level: string;
  text: string;
}

export interface Column {
  name: string;
  title: string;
  unit: string | null;
}

export interface Answer {
  spec: Spec;
  sentence: string;
  kind: string;
  columns: Column[];
  table: Record<string, Json>[];
  shown: Record<string, string>[];
  notes: AnswerNote[];
  chart: ChartOption | null;
  token: string;
  took_ms: number;
  total: number;
}

/** An ECharts option of plain values; ECharts itself types it where it draws. */
export type ChartOption = { [name: string]: unknown };

export interface EventName {
  name: string;
  events: number;
  customers?: number | null;
}

export interface Field {
  name: string;
  title: string;
  kind: "text" | "number" | "time" | "boolean";
  of: "record" | "property" | "model";
}

export interface FieldValue {
  value: string;
  events: number;
}

export interface Named {
  name: string;
  title: string;
}

export interface Counted {
  customers: number;
  events: number;
}

export interface CustomerRow {
  id: string;
  name: string;
  [more: string]: Json;
}

export interface CustomerList {
  customers: CustomerRow[];
  total: number;
  next: string | null;
}

export interface Explanation {
  text: string;
  rows: Record<string, Json>[];
}
