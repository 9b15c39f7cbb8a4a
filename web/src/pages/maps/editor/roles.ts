/**
 * What the parts of the grid are to who hears it. It is no table of HTML: its rows and columns are laid out as boxes,
 * and of its cells only those are there that something stands in.
 */
export const role = {
  grid: (label: string, rows: number, columns: number) => ({
    role: "grid",
    "aria-label": label,
    "aria-rowcount": rows,
    "aria-colcount": columns,
    "aria-multiselectable": true,
  }),
  group: { role: "rowgroup" },
  row: (index: number) => ({ role: "row", tabIndex: -1, "aria-rowindex": index }),
  column: (index: number, chosen: boolean, span = 1) => ({
    role: "columnheader",
    tabIndex: -1,
    "aria-colindex": index,
    "aria-colspan": span,
    "aria-selected": chosen,
  }),
  head: (chosen: boolean) => ({
    role: "rowheader",
    tabIndex: -1,
    "aria-colindex": 1,
    "aria-selected": chosen,
  }),
  cell: (index: number, chosen: boolean, span = 1) => ({
    role: "gridcell",
    tabIndex: -1,
    "aria-colindex": index,
    "aria-colspan": span,
    "aria-selected": chosen,
  }),
};
