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
  | "place"
  | "steps"
  | "exclusions"
  | "plan"
  | "pairs"
  | "field"
  | "condition"
  | "segment"
  | "metric"
  | "model"
  | "model_document"
  | "customer"
  | "choice"
  | "duration"
  | "time"
  | "zone"
  | "ranges"
  | "boolean"
  | "number"
  | "text";

export type FieldGroup = "what" | "who" | "when" | "split" | "rules";

export interface FormField {
  name: string;
  title: string;
  help: string;
  kind: FieldKind;
  required: boolean;
  many: boolean;
  default: Json;
  choices: { value: string; title: string }[] | null;
  group: FieldGroup;
  /** Of a number, or of the length of a list. */
  least: number | null;
  most: number | null;
  /** The fields of each item of a list of objects. */
  item: FormField[] | null;
}

export interface AnalysisForm {
  name: string;
  title: string;
  what: string;
  fields: FormField[];
}

export interface AnswerNote {
  code: string;
  level: "info" | "warning";
  text: string;
}

export interface Column {
  name: string;
  title: string;
  unit: "count" | "share" | "points" | "duration" | "money" | "score" | "time" | "number" | "text";
}

export interface Answer {
  spec: Spec;
  sentence: string;
  kind: string;
  columns: Column[];
  table: Record<string, Json>[];
  shown: Record<string, string>[];
  /** For each row, by its columns, what stands for the customers that a number counts. */
  cells: Record<string, Cell>[];
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
  /** What the journey model calls it. */
  title: string | null;
  events: number;
  customers?: number | null;
}

export interface Field {
  name: string;
  title: string;
  kind: "text" | "number" | "time" | "boolean";
  of: "record" | "property" | "model";
  /** Whether answers can be broken down by it. */
  splits?: boolean;
  identifying?: boolean;
}

export interface FieldValue {
  value: string | null;
  title: string;
  events: number;
}

export interface Named {
  name: string;
  title: string;
  description?: string;
  default?: boolean;
}

/** Whether a condition can be read; if not, where it is wrong. */
export interface Parsed {
  ok: boolean;
  condition: string | null;
  said: string | null;
  start: number | null;
  end: number | null;
  problem: { what: string; try?: string | null } | null;
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
  next: number | null;
}

export interface Explanation {
  customer: string;
  /** Sentences, a line each. */
  text: string;
  rows: Record<string, Json>[];
}
