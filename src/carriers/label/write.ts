/** Turns a drawn label into the format that was asked for. */
import type { Label, LabelType } from '../contract.ts'
import type { Layout } from './layout.ts'
import { writePdf } from './pdf.ts'
import { writePng } from './png.ts'
import { writeZpl } from './zpl.ts'

export async function writeLabel(layout: Layout, format: LabelType): Promise<Label> {
  const data =
    format === 'PDF'
      ? await writePdf([layout])
      : format === 'PNG'
        ? writePng(layout)
        : Buffer.from(writeZpl(layout))
  return { format, data: data.toString('base64') }
}
