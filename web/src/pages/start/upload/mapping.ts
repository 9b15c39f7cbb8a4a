/** The document that says which column feeds what, and its changes; see `lvtu.collect.Mapping` for what it means. */

export interface Feed {
  column?: string | string[];
  constant?: string | number | boolean;
  [more: string]: unknown;
}

export interface Mapping {
  fields?: Record<string, Feed | null>;
  identifiers?: Record<string, Feed>;
  properties?: "all" | "none" | string[] | Record<string, string>;
  one_customer_per_row?: boolean;
  zone?: string;
  [more: string]: unknown;
}

const columnsOf = (feed: Feed | null | undefined): string[] =>
  feed?.column === undefined ? [] : [feed.column].flat();

/** What a column is read as: fields, and `identifiers.KIND`; nothing: it stays a property. */
export function rolesOf(mapping: object, column: string): string[] {
  const { fields = {}, identifiers = {} } = mapping as Mapping;
  const found = (feeds: Record<string, Feed | null>, prefix: string) =>
    Object.entries(feeds)
      .filter(([, feed]) => columnsOf(feed).includes(column))
      .map(([name]) => prefix + name);
  return [...found(fields, ""), ...found(identifiers, "identifiers.")];
}

/** Whether any column says whose a row is. */
export function named(mapping: Mapping): boolean {
  const { fields = {}, identifiers = {} } = mapping;
  return Boolean(fields.user_id || fields.anonymous_id || Object.keys(identifiers).length);
}

/**
 * A column is read as something else from now on; what fed that before stays a property.
 *
 * A column that is called like a field feeds it by itself unless the document says that nothing does, and where no
 * column is left that says whose a row is, each row is a customer of its own.
 */
export function withRole(mapping: Mapping, column: string, role: string | null, was?: Feed): Mapping {
  const fields = { ...mapping.fields };
  const identifiers = { ...mapping.identifiers };
  for (const [name, feed] of Object.entries(fields)) {
    if (!columnsOf(feed).includes(column)) continue;
    if (name === column) fields[name] = null;
    else delete fields[name];
  }
  for (const [kind, feed] of Object.entries(identifiers)) {
    if (columnsOf(feed).includes(column)) delete identifiers[kind];
  }
  if (role?.startsWith("identifiers.")) identifiers[role.slice("identifiers.".length)] = was ?? { column };
  else if (role) fields[role] = was ?? { column };
  const next = { ...mapping, fields, identifiers };
  if (!Object.keys(identifiers).length) delete (next as Mapping).identifiers;
  return settled(next);
}

/** A field is the same for every row; nothing takes that away. */
export function withConstant(mapping: Mapping, field: string, constant: string | null): Mapping {
  const fields = { ...mapping.fields };
  if (constant) fields[field] = { constant };
  else delete fields[field];
  return settled({ ...mapping, fields });
}

/** Where no column says whose a row is, each is a customer of its own; an export says that by itself. */
export function settled(mapping: Mapping): Mapping {
  if (mapping.shape) return mapping;
  const { one_customer_per_row: _, ...rest } = mapping;
  return named(mapping) ? rest : { ...rest, one_customer_per_row: true };
}

/** Which columns are left out altogether. */
export function leftOut(mapping: Mapping, columns: string[]): string[] {
  const kept = mapping.properties;
  if (!Array.isArray(kept)) return [];
  return columns.filter((name) => !kept.includes(name) && !rolesOf(mapping, name).length);
}

/** Leave a column out, or keep it as a property again. */
export function withLeftOut(mapping: Mapping, columns: string[], column: string, out: boolean): Mapping {
  const gone = new Set(leftOut(mapping, columns));
  if (out) gone.add(column);
  else gone.delete(column);
  const { properties: _, ...rest } = mapping;
  if (!gone.size) return rest;
  return { ...rest, properties: columns.filter((name) => !gone.has(name) && !rolesOf(rest, name).length) };
}

/** An example's own mapping, where the file has all of the columns that it reads. */
export function fitting(preset: Mapping | undefined, columns: string[]): Mapping | null {
  if (!preset) return null;
  const read = [...Object.values(preset.fields ?? {}), ...Object.values(preset.identifiers ?? {})].flatMap(
    columnsOf,
  );
  return read.length && read.every((name) => columns.includes(name)) ? preset : null;
}

/** What a field is for every row, if it is the same. */
export function constantOf(mapping: Mapping, field: string): string {
  const constant = mapping.fields?.[field]?.constant;
  return constant === undefined ? "" : String(constant);
}

/** The fields that no event can be without and that nothing feeds yet. */
export function lacking(mapping: Mapping): ("time" | "event")[] {
  if (mapping.shape) return [];
  return (["time", "event"] as const).filter((field) => !mapping.fields?.[field]);
}

/** Whether a column feeds a field. */
export function fed(mapping: Mapping, field: string): boolean {
  return columnsOf(mapping.fields?.[field]).length > 0;
}
