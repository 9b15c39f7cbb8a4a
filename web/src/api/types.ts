/** The shapes of the service's answers by the names that the app calls them; all but plain values come from OpenAPI. */

import type { Of } from "./schemas";

export type Plain = string | number | boolean | null;
export type Json = Plain | Json[] | { [name: string]: Json };

/** A question: the spec of one analysis as JSON. */
export type Spec = { [name: string]: Json };

/** What stands for some customers: the values of one bar, band or node. */
export type Cell = { [name: string]: Json };

/** An ECharts option of plain values; ECharts itself types it where it draws. */
export type ChartOption = { [name: string]: unknown };

export type Role = Of<"Listed">["role"];
export type Session = Of<"SessionSeen">;
export type Workspace = Of<"About">;

/** The document calls any value `unknown`; here it is JSON. */
export type FormField = Omit<Of<"FormField">, "default" | "item"> & {
  default: Json;
  item: FormField[] | null;
};
export type FieldGroup = FormField["group"];
export type AnalysisForm = Omit<Of<"Form">, "fields"> & { fields: FormField[] };

export type AnswerNote = Of<"NoteOf">;
export type Answer = Omit<Of<"Answer">, "spec" | "table" | "cells" | "chart"> & {
  spec: Spec;
  table: Record<string, Json>[];
  cells: Record<string, Cell>[];
  chart: ChartOption | null;
};

export type EventName = Of<"EventName">;
export type Field = Of<"FieldName">;
export type FieldValue = Of<"FieldValue">;
export type Named = Of<"ModelName"> | Of<"SegmentName"> | Of<"MetricName">;
export type Parsed = Of<"Parsed">;
export type Counted = Of<"Counted">;
export type CustomerList = Of<"CustomersOf">;
export type Explanation = Of<"Because">;
