/** CSV as spreadsheets expect it; cells that would run as a formula are defused on the way out. */
import Papa from 'papaparse'

export const writeCsv = (columns: string[], rows: Record<string, unknown>[]): string =>
  Papa.unparse(
    { fields: columns, data: rows.map((row) => columns.map((name) => row[name] ?? '')) },
    {
      escapeFormulae: true,
      newline: '\r\n',
    },
  )

/** Rows keyed by the header line; throws with the line number of the first malformed row. */
export function readCsv(text: string): Record<string, string>[] {
  const parsed = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
  })
  const [first] = parsed.errors
  if (first) throw new Error(`line ${(first.row ?? 0) + 2}: ${first.message}`)
  return parsed.data
}
