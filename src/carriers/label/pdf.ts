/** Writes labels as PDF, with the typeface embedded. */
import { code128Runs } from './barcode.ts'
import { labelFonts } from './fonts.ts'
import type { Layout, Mark } from './layout.ts'

/** Loaded with the first label: it would be a third of the time that every start takes. */
async function newDocument(options: PDFKit.PDFDocumentOptions): Promise<PDFKit.PDFDocument> {
  const { default: PDFDocument } = await import('pdfkit')
  // Naming no font at the start keeps it from reading its standard fonts, which are files.
  return new PDFDocument({ ...options, font: '' })
}

const points = (mm: number): number => (mm * 72) / 25.4

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  document.on('end', () => resolve(Buffer.concat(chunks)))
  document.on('error', reject)
  document.end()
  return promise
}

function draw(document: PDFKit.PDFDocument, mark: Mark, width_mm: number): void {
  const x = points(mark.x_mm)
  const y = points(mark.y_mm)
  if (mark.kind === 'box') {
    document.rect(x, y, points(mark.width_mm), points(mark.height_mm)).fill('black')
    return
  }
  if (mark.kind === 'text') {
    document.font(mark.bold ? 'bold' : 'regular').fontSize(points(mark.height_mm) * 1.25)
    const room = points(width_mm - mark.x_mm - 2)
    // A line that is too long is set narrower rather than cut: nobody may lose half an address.
    const scale = Math.min(1, room / document.widthOfString(mark.text))
    document.save().translate(x, y).scale(scale, 1)
    document.fillColor('black').text(mark.text, 0, 0, { lineBreak: false })
    document.restore()
    return
  }
  const runs = code128Runs(mark.text)
  const module = points(mark.width_mm) / runs.reduce((sum, run) => sum + run, 0)
  let left = x
  runs.forEach((run, index) => {
    if (index % 2 === 0) document.rect(left, y, run * module, points(mark.height_mm))
    left += run * module
  })
  document.fill('black')
}

/** One page a label. */
export async function writePdf(layouts: readonly Layout[]): Promise<Buffer> {
  const document = await newDocument({ autoFirstPage: false, compress: true })
  const { regular, bold } = labelFonts()
  document.registerFont('regular', regular)
  document.registerFont('bold', bold)
  for (const layout of layouts) {
    document.addPage({ size: [points(layout.width_mm), points(layout.height_mm)], margin: 0 })
    for (const mark of layout.marks) draw(document, mark, layout.width_mm)
  }
  return collect(document)
}

/**
 * A carrier's PNG label on a 4 × 6 inch page; a label lying on its side is turned upright.
 * @throws when the image cannot be read
 */
export async function pdfFromPng(png: Buffer): Promise<Buffer> {
  const width = points(101.6)
  const height = points(152.4)
  const document = await newDocument({ size: [width, height], margin: 0 })
  const image = { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
  if (image.width > image.height) {
    document.rotate(90, { origin: [0, 0] }).translate(0, -width)
    document.image(png, 0, 0, { fit: [height, width] })
  } else {
    document.image(png, 0, 0, { fit: [width, height] })
  }
  return collect(document)
}
