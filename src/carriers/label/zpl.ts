/** Writes labels as ZPL II, the text that thermal printers understand. */
import { code128Runs } from './barcode.ts'
import type { Layout, Mark } from './layout.ts'

const dots = (mm: number): number => Math.round(mm * 8)

/** Field data with every control character of ZPL as a hexadecimal escape (`^FH_`). */
const escape = (text: string): string =>
  Array.from(Buffer.from(text, 'utf8'), (byte) =>
    byte < 0x20 || byte > 0x7e || '^~_\\'.includes(String.fromCharCode(byte))
      ? `_${byte.toString(16).toUpperCase().padStart(2, '0')}`
      : String.fromCharCode(byte),
  ).join('')

function write(mark: Mark): string {
  const origin = `^FO${dots(mark.x_mm)},${dots(mark.y_mm)}`
  if (mark.kind === 'box') {
    const height = Math.max(1, dots(mark.height_mm))
    return `${origin}^GB${dots(mark.width_mm)},${height},${height}^FS`
  }
  if (mark.kind === 'text') {
    const height = Math.round(dots(mark.height_mm) * 1.25)
    return `${origin}^A0N,${height},${Math.round(height * 0.9)}^FH_^FD${escape(mark.text)}^FS`
  }
  const modules = code128Runs(mark.text).reduce((sum, run) => sum + run, 0)
  const module = Math.max(1, Math.floor(dots(mark.width_mm) / modules))
  return `${origin}^BY${module}^BCN,${dots(mark.height_mm)},N,N,N,A^FH_^FD${escape(mark.text)}^FS`
}

/** `^CI28` makes the printer read UTF-8. */
export const writeZpl = ({ width_mm, height_mm, marks }: Layout): string =>
  [
    '^XA',
    '^CI28',
    `^PW${dots(width_mm)}`,
    `^LL${dots(height_mm)}`,
    ...marks.map(write),
    '^XZ',
  ].join('\n')
