/** Gives a UPS label in the format that was asked for. */
import type { Label, LabelType } from '../contract.ts'
import { pdfFromPng } from '../label/pdf.ts'

const png_signature = 'iVBORw0KGgo'

/** A label that cannot be turned into PDF is kept as UPS sent it: a bought label is never lost. */
export async function readLabel(
  image: string,
  wanted: LabelType,
): Promise<{ label: Label; warning?: string }> {
  const is_png = image.startsWith(png_signature)
  if (!is_png) return { label: { format: wanted === 'ZPL' ? 'ZPL' : 'PNG', data: image } }
  if (wanted !== 'PDF') return { label: { format: 'PNG', data: image } }
  try {
    const pdf = await pdfFromPng(Buffer.from(image, 'base64'))
    return { label: { format: 'PDF', data: pdf.toString('base64') } }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      label: { format: 'PNG', data: image },
      warning: `The label stays PNG: it cannot be made into PDF (${reason}).`,
    }
  }
}
