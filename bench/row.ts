/** What a row of the table is: something measured, beside what it is to hold. */

export interface Finding {
  what: string
  measured: string
  /** Of what it is compared with in the same run; empty where the hold is absolute. */
  ratio?: string
  hold: string
  met: boolean
  /** What the words above were made of. */
  numbers: number[]
}

/** A row that this machine cannot measure. */
export interface Skipped {
  what: string
  skipped: string
}

/** How much is measured: all of it, or just enough to see that it works. */
export interface Size {
  /** Turns of each that are compared, one after the other. */
  rounds: number
  round_ms: number
  tenants: number
  open_files: number
  concurrent: number
  items: number
  movements: { few: number; many: number }
  /** Requests of each kind that a percentile is taken of. */
  samples: number
  spread_tenants: number
}

export interface Bench {
  /** A folder of its own on the disk that is measured. */
  folder: string
  size: Size
  /** Built from what is here; absent in the tests, which do not wait for it. */
  executable?: string
  say(line: string): void
}

export type Row = (bench: Bench) => Promise<(Finding | Skipped)[]>

export const full: Size = {
  rounds: 5,
  round_ms: 2_000,
  tenants: 1_000,
  open_files: 256,
  concurrent: 100,
  items: 100_000,
  movements: { few: 10_000, many: 1_000_000 },
  samples: 200,
  spread_tenants: 200,
}

export const tiny: Size = {
  rounds: 1,
  round_ms: 100,
  tenants: 6,
  open_files: 8,
  concurrent: 3,
  items: 20,
  movements: { few: 20, many: 60 },
  samples: 3,
  spread_tenants: 3,
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Measures all, again and again, one after the other: what disturbs the machine disturbs all alike. */
export async function inTurns<T>(rounds: number, all: (() => Promise<T>)[]): Promise<T[][]> {
  const found: T[][] = all.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, measure] of all.entries()) found[index]!.push(await measure())
  }
  return found
}

/** The median of the ratios of each turn. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, index) => value / theirs[index]!))

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`
export const inMs = (value: number): string =>
  `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
export const inMb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
