/** What the service says, begun as a sentence is; a name that stands first stays as it is spelt. */
export function sentence(text: string | null | undefined): string | undefined {
  return text?.replace(/^[a-z]+(?=[ ,;:])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}
