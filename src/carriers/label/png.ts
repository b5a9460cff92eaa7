/** Writes labels as PNG at the 203 dots per inch of a thermal printer. */
import { crc32, deflateSync } from 'node:zlib'
import bwip from 'bwip-js/node'
import { code128Runs } from './barcode.ts'
import { labelFonts } from './fonts.ts'
import type { Layout, Mark } from './layout.ts'

const dots_per_mm = 8
const dots = (mm: number): number => Math.round(mm * dots_per_mm)

/** One byte a dot: 0 is ink, 255 is paper. */
class Sheet {
  readonly pixels: Uint8Array
  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.pixels = new Uint8Array(width * height).fill(255)
  }

  fill(left: number, top: number, width: number, height: number): void {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      const start = y * this.width
      this.pixels.fill(0, start + Math.max(0, left), start + Math.min(this.width, left + width))
    }
  }

  /** Darkens one dot by `ink`, 0–255. */
  ink(x: number, y: number, ink: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return
    const place = y * this.width + x
    this.pixels[place] = Math.min(this.pixels[place]!, 255 - ink)
  }
}

/** The typefaces are known to the rasterizer from the first label on. */
let loaded = false
function fontId(bold: boolean): number {
  if (!loaded) {
    bwip.FontLib.loadFont('label-regular', labelFonts().regular)
    bwip.FontLib.loadFont('label-bold', labelFonts().bold)
    loaded = true
  }
  return bwip.FontLib.lookup(bold ? 'label-bold' : 'label-regular')
}

function drawText(sheet: Sheet, mark: Extract<Mark, { kind: 'text' }>): void {
  const font = fontId(mark.bold === true)
  const size = Math.round(dots(mark.height_mm) * 1.25)
  const glyphsAt = (width: number) =>
    Array.from(mark.text, (letter) =>
      bwip.FontLib.getglyph(font, letter.codePointAt(0)!, width, size),
    )
  const room = sheet.width - dots(mark.x_mm) - 16
  const natural = glyphsAt(size).reduce((sum, { advance }) => sum + advance, 0)
  const width = natural > room ? Math.max(6, Math.floor((size * room) / natural)) : size
  let x = dots(mark.x_mm)
  const baseline = dots(mark.y_mm) + size
  for (const glyph of glyphsAt(width)) {
    for (let row = 0; row < glyph.height; row++) {
      for (let column = 0; column < glyph.width; column++) {
        const ink = glyph.bytes[glyph.offset + row * glyph.width + column]!
        if (ink > 0) sheet.ink(x + glyph.left + column, baseline - glyph.top + row, ink)
      }
    }
    x += glyph.advance
  }
}

function draw(sheet: Sheet, mark: Mark): void {
  const x = dots(mark.x_mm)
  const y = dots(mark.y_mm)
  if (mark.kind === 'text') return drawText(sheet, mark)
  if (mark.kind === 'box') {
    return sheet.fill(x, y, dots(mark.width_mm), Math.max(1, dots(mark.height_mm)))
  }
  const runs = code128Runs(mark.text)
  const modules = runs.reduce((sum, run) => sum + run, 0)
  // Whole dots a module: a scanner forgives a narrower code, not uneven bars.
  const module = Math.max(1, Math.floor(dots(mark.width_mm) / modules))
  let left = x
  runs.forEach((run, index) => {
    if (index % 2 === 0) sheet.fill(left, y, run * module, dots(mark.height_mm))
    left += run * module
  })
}

function chunk(name: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length, 0)
  head.write(name, 4, 'latin1')
  const body = Buffer.concat([head.subarray(4), data])
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(body), 0)
  return Buffer.concat([head.subarray(0, 4), body, tail])
}

/** An 8-bit grey PNG (PNG 3rd edition, §11), with its resolution so that it prints at full size. */
function encode({ width, height, pixels }: Sheet): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  const resolution = Buffer.alloc(9)
  resolution.writeUInt32BE(dots_per_mm * 1_000, 0)
  resolution.writeUInt32BE(dots_per_mm * 1_000, 4)
  resolution.writeUInt8(1, 8)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('pHYs', resolution),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}

export function writePng(layout: Layout): Buffer {
  const sheet = new Sheet(dots(layout.width_mm), dots(layout.height_mm))
  for (const mark of layout.marks) draw(sheet, mark)
  return encode(sheet)
}
