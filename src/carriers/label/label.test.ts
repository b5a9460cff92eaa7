/** Labels are real files in all three formats, with the number that was given. */
import { describe, expect, test } from 'bun:test'
import { code128Runs } from './barcode.ts'
import { shippingLabel } from './layout.ts'
import { pdfFromPng, writePdf } from './pdf.ts'
import { writePng } from './png.ts'
import { writeZpl } from './zpl.ts'

const layout = shippingLabel({
  carrier: 'Harbour Couriers',
  service: 'Standard',
  from: ['Lighthouse Supply', '12 Pier Road', 'Portland, ME, 04101, US'],
  to: ['Jørgen Ødegård ^XZ', 'Fjordgata 3', 'Ålesund, 6002, NO'],
  tracking_number: 'HC16309163526015',
  reference: 'shp_1',
  weight: '1.20 kg',
  piece: '1 of 2',
})

/** Widths of the dark and light runs of one row, in dots, from the first dark one. */
function runsOf(row: Uint8Array): number[] {
  const runs: number[] = []
  let dark = true
  for (const dot of row.subarray(row.findIndex((value) => value < 128))) {
    if (dot < 128 === dark) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
    else {
      dark = !dark
      runs.push(1)
    }
    if (runs.length === 0) runs.push(1)
  }
  return runs.slice(0, -1)
}

describe('PNG', () => {
  const png = writePng(layout)
  const pixels = () => {
    const length = png.readUInt32BE(png.indexOf('IDAT') - 4)
    const start = png.indexOf('IDAT') + 4
    return Bun.inflateSync(Uint8Array.from(png.subarray(start + 2, start + length - 4)))
  }
  test('is 4 × 6 inches at 203 dots', () => {
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([813, 1_219])
  })
  test('holds the bars of the number, all modules alike', () => {
    const row = pixels().subarray(900 * 814 + 1, 901 * 814)
    const expected = code128Runs('HC16309163526015')
    const seen = runsOf(row)
    const module = seen[0]! / expected[0]!
    expect(seen.map((run) => run / module)).toEqual(expected)
  })
})

describe('PDF', () => {
  test('is one page a label with its own typeface', async () => {
    const pdf = (await writePdf([layout, layout])).toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf).toContain('/Count 2')
    expect(pdf).toContain('DejaVuSans')
    expect(pdf).not.toContain('Helvetica')
  })
  test('is made from a carrier’s PNG, upright', async () => {
    const pdf = (await pdfFromPng(writePng(layout))).toString('latin1')
    expect(pdf).toContain('/MediaBox [0 0 288 432]')
    expect(pdf).toContain('/Subtype /Image')
  })
  test('an image that is none is refused', () => {
    expect(async () => pdfFromPng(Buffer.alloc(30))).toThrow()
  })
})

test('ZPL escapes what would command the printer', () => {
  const zpl = writeZpl(layout)
  expect(zpl.startsWith('^XA\n^CI28')).toBe(true)
  expect(zpl.endsWith('^XZ')).toBe(true)
  // A name with a command in it stays a name.
  expect(zpl.match(/\^XZ/g)).toHaveLength(1)
  expect(zpl).toContain('_5EXZ')
  expect(zpl).toContain('_C3_98deg_C3_A5rd')
  expect(zpl).toContain('^FDHC16309163526015^FS')
})
