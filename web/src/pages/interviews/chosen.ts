import { lengthOf } from "./letters";

/** Which characters of the whole text a selection covers, going by the blocks (`data-start`) that it touches. */
export function chosenIn(root: HTMLElement | null): [number, number] | null {
  const selection = window.getSelection();
  if (!root || !selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer) && !range.intersectsNode(root)) return null;
  let found: [number, number] | null = null;
  for (const block of root.querySelectorAll<HTMLElement>("[data-start]")) {
    if (!range.intersectsNode(block)) continue;
    const start = Number(block.dataset.start);
    const from = start + (block.contains(range.startContainer) ? before(block, range, "start") : 0);
    const to =
      start +
      (block.contains(range.endContainer) ? before(block, range, "end") : lengthOf(block.textContent ?? ""));
    if (from < to) found = [found?.[0] ?? from, to];
  }
  return found;
}

/** How many characters of a block stand before an end of the selection. */
function before(block: HTMLElement, range: Range, end: "start" | "end"): number {
  const read = document.createRange();
  read.selectNodeContents(block);
  if (end === "start") read.setEnd(range.startContainer, range.startOffset);
  else read.setEnd(range.endContainer, range.endOffset);
  return lengthOf(read.toString());
}
