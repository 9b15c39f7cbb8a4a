const KEY = "lvtu.workspace";

/** The workspace that was open last in this browser. */
export function rememberedWorkspace(): string | null {
  return localStorage.getItem(KEY);
}

export function rememberWorkspace(name: string): void {
  localStorage.setItem(KEY, name);
}
