/** Where numbers stand on an axis that is as long as they need. */

export interface Axis {
  from: number;
  to: number;
}

const NICE = [1, 2, 2.5, 5, 10];

/** A number without the dust of its division. */
const plain = (value: number) => Number(value.toPrecision(12));

/** An axis with round ends that holds some numbers, and no more than there can be. */
export function axisOf(numbers: (number | null)[], range: readonly number[] | null = null): Axis {
  const known = numbers.filter((one): one is number => one !== null);
  if (!known.length) return { from: range?.[0] ?? 0, to: range?.[1] ?? 1 };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const rough = (high - low || Math.abs(high) || 1) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * (NICE.find((one) => one * size >= rough) ?? 10);
  const from = plain(Math.floor(low / step) * step);
  const to = plain(Math.ceil(high / step) * step);
  return {
    from: Math.max(from, range?.[0] ?? from),
    to: Math.min(to === from ? from + step : to, range?.[1] ?? Number.POSITIVE_INFINITY),
  };
}

/** Where a number stands on an axis, from 0 to 1. */
export function at({ from, to }: Axis, value: number): number {
  return to === from ? 0.5 : Math.min(1, Math.max(0, (value - from) / (to - from)));
}
