/** What a workspace is called that is made for a file: the survey's name, without what the tool adds to it. */
export function titleOf(file: string): string {
  const stem = file.replace(/(\.(csv|tsv|tab|txt|xlsx|xlsm|parquet|pq|ndjson|jsonl|json|xes|gz|zst))+$/i, "");
  const wjx = /^\d{5,}_(?:按文本|按序号|按分数|详细数据|Text|Score)?_?(.+?)(?:_\d+_\d+)?$/.exec(stem)?.[1];
  const told = (wjx ?? stem)
    .replace(/ ?(?:\(Responses\)|[（(]回复[)）]).*$/, "")
    .replace(/_[A-Z][a-z]+ \d{1,2}, \d{4}_\d{2}\.\d{2}$/, "")
    .replace(/[_ -]*\d{4}[-_.]?\d{2}[-_.]?\d{2}.*$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return (told || stem || file).slice(0, 80);
}

/** A title that no other workspace has: a second one of the same file says so. */
export function unlike(title: string, known: readonly string[]): string {
  let [found, n] = [title, 1];
  while (known.includes(found)) found = `${title} ${++n}`;
  return found;
}
