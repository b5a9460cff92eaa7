/** The picture a telephone reads: the dark squares of a QR code. */
import bwip from 'bwip-js/node'
import { assert } from '../../kit/problem.ts'

export interface QrCode {
  /** Squares in a row and in a column. */
  size: number
  /** The dark squares as the path of an SVG. */
  path: string
}

/** @param text at most a few hundred characters */
export function drawQrCode(text: string): QrCode {
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=M')
  assert(symbol && 'pixs' in symbol, 'a QR code is made of squares')
  const { pixs, pixx: size } = symbol
  const path = pixs.flatMap((dark, index) =>
    dark ? [`M${index % size} ${Math.floor(index / size)}h1v1h-1z`] : [],
  )
  return { size, path: path.join('') }
}
