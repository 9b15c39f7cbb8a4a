/** A time of a recording as players show it: `0:07`, `12:05`, `1:02:05`. */
export function clock(seconds: number | null): string | null {
  if (seconds === null) return null;
  const all = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
