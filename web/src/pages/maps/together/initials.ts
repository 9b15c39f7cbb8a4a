const CHINESE = /^[\u3400-\u9fff·]+$/u;

/** What stands for a name in a small space: 王小明 is 小明, Ann Lee is AL, ann@example.com is A. */
export function initials(name: string): string {
  const own = name.split("@")[0]?.trim() ?? "";
  if (CHINESE.test(own)) return own.length > 2 ? own.slice(-2) : own;
  const words = own.split(/[\s._-]+/).filter(Boolean);
  const [first = "?", ...others] = words.map((one) => [...one][0]?.toUpperCase() ?? "");
  return first + (others.at(-1) ?? "");
}

const HUES = 6;

/** The colour of a person, of those in `Face.module.css`. */
export function hueOf(id: string): number {
  return [...id].reduce((sum, one) => sum + one.charCodeAt(0), 0) % HUES;
}
