/** The embedded typeface of labels, read once from inside the executable. */
import regular_path from '../assets/dejavu-sans-condensed.ttf' with { type: 'file' }
import bold_path from '../assets/dejavu-sans-condensed-bold.ttf' with { type: 'file' }
import { readEmbedded } from '../../kit/embedded.ts'

let fonts: { regular: Buffer; bold: Buffer } | undefined

export const labelFonts = (): { regular: Buffer; bold: Buffer } =>
  (fonts ??= { regular: readEmbedded(regular_path), bold: readEmbedded(bold_path) })
