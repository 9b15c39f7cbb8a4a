/** From which character to which of an element's text is selected; nothing where nothing of it is. */
export function chosenIn(element: HTMLElement | null): [number, number] | null {
  const selection = window.getSelection();
  if (!element || !selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Array.from(before.toString()).length;
  return [start, start + Array.from(range.toString()).length];
}

/** A stretch of some letters without the blanks at its ends. */
export function trimmed(letters: string[], [start, end]: [number, number]): [number, number] {
  let [first, last] = [start, end];
  while (first < last && !letters[first]?.trim()) first += 1;
  while (last > first && !letters[last - 1]?.trim()) last -= 1;
  return [first, last];
}
