/** The embedded typeface of labels, read once from inside the executable. */
import { readFileSync } from 'node:fs'
import regular_path from '../assets/dejavu-sans-condensed.ttf' with { type: 'file' }
import bold_path from '../assets/dejavu-sans-condensed-bold.ttf' with { type: 'file' }

let fonts: { regular: Buffer; bold: Buffer } | undefined

export const labelFonts = (): { regular: Buffer; bold: Buffer } =>
  (fonts ??= { regular: readFileSync(regular_path), bold: readFileSync(bold_path) })
