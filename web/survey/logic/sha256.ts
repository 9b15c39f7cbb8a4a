/** SHA-256 (FIPS 180-4), at once: what browsers have waits, and is not there on pages without TLS. */

const PRIMES = primes(64);
const START = PRIMES.slice(0, 8).map((prime) => fraction(prime ** (1 / 2)));
const ROUND = PRIMES.map((prime) => fraction(prime ** (1 / 3)));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let one = 2; found.length < count; one++) if (found.every((prime) => one % prime)) found.push(one);
  return found;
}

/** The first 32 bits behind the point. */
function fraction(number: number): number {
  return ((number % 1) * 2 ** 32) | 0;
}

function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function padded(text: string): number[] {
  const bytes = encodeURIComponent(text)
    .split(/%(..)|/)
    .filter((one) => one !== undefined && one !== "")
    .map((one) => (one.length === 2 ? Number.parseInt(one, 16) : one.charCodeAt(0)));
  const bits = bytes.length * 8;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let shift = 56; shift >= 0; shift -= 8) bytes.push(shift < 32 ? (bits >>> shift) & 255 : 0);
  return bytes;
}

/** The digest of a text in hexadecimal, whose order is that of the bytes. */
export function sha256(text: string): string {
  const bytes = padded(text);
  const state = [...START] as number[];
  for (let block = 0; block < bytes.length; block += 64) mix(state, bytes, block);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function mix(state: number[], bytes: number[], block: number): void {
  const words: number[] = [];
  const word = (at: number) => words[at] as number;
  for (let at = 0; at < 64; at++) {
    if (at < 16) {
      const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(block + at * 4);
      words.push((a << 24) | (b << 16) | (c << 8) | d);
      continue;
    }
    const [before, latest] = [word(at - 15), word(at - 2)];
    const low = turned(before, 7) ^ turned(before, 18) ^ (before >>> 3);
    const high = turned(latest, 17) ^ turned(latest, 19) ^ (latest >>> 10);
    words.push((word(at - 16) + low + word(at - 7) + high) | 0);
  }
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let at = 0; at < 64; at++) {
    const choice = (e & f) ^ (~e & g);
    const first =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + (ROUND[at] as number) + word(at)) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [at, one] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] as number) + one) | 0;
}
