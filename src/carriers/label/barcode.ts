/** The bars of a Code 128 as runs of modules, black first; the renderers draw them. */
import bwip from 'bwip-js/node'

/**
 * Widths in modules of bars and gaps, in turn, beginning with a bar.
 * @throws when the text holds characters Code 128 cannot carry
 */
export function code128Runs(text: string): number[] {
  const [symbol] = bwip.raw('code128', text)
  if (!symbol || !('sbs' in symbol)) throw new Error('no bars for this text')
  return Array.from(symbol.sbs)
}
