/** Writes and reads tar (POSIX.1-1988 `ustar`), piece by piece: nothing is held whole. */
import { assert } from '../kit/problem.ts'

export interface Entry {
  /** At most 100 characters of ASCII, below the root folder. */
  path: string
  size_bytes: number
  content: AsyncIterable<Uint8Array>
}

const block = 512
const ends = Buffer.alloc(2 * block)

/**
 * @param root the one folder that everything lies in
 * @param at_ms when all of it was written
 * @throws when a content is not as long as was said
 */
export async function* writeTar(
  root: string,
  at_ms: number,
  entries: AsyncIterable<Entry>,
): AsyncGenerator<Uint8Array> {
  for await (const { path, size_bytes, content } of entries) {
    yield headerOf(root, path, size_bytes, at_ms)
    let written = 0
    for await (const chunk of content) {
      written += chunk.byteLength
      yield chunk
    }
    assert(written === size_bytes, `${path} has ${size_bytes} bytes`)
    const rest = written % block
    if (rest > 0) yield Buffer.alloc(block - rest)
  }
  yield ends
}

function headerOf(root: string, path: string, size_bytes: number, at_ms: number): Buffer {
  assert(/^[\x21-\x7e]{1,100}$/.test(path), `"${path}" fits into a tar header`)
  const header = Buffer.alloc(block)
  header.write(path, 0, 'latin1')
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  writeSize(header, size_bytes)
  header.write(
    `${Math.floor(at_ms / 1_000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(root, 345, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Octal up to 8 GiB; beyond, the binary form that GNU tar, bsdtar and Python read. */
function writeSize(header: Buffer, size_bytes: number): void {
  if (size_bytes < 8 ** 11) {
    header.write(`${size_bytes.toString(8).padStart(11, '0')}\0`, 124)
    return
  }
  header[124] = 0x80
  header.writeBigUInt64BE(BigInt(size_bytes), 128)
}

export interface Found {
  /** With the root folder. */
  path: string
  size_bytes: number
}

/**
 * Hands over each file in turn; what of it is not read is skipped.
 * @throws when it is no tar, or ends in the middle
 */
export async function readTar(
  source: AsyncIterable<Uint8Array>,
  take: (found: Found, content: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const reader = new Reader(source)
  for (;;) {
    const header = await reader.exactly(block)
    if (header.every((byte) => byte === 0)) return
    const found = readHeader(header)
    const content = reader.stretch(found.size_bytes)
    // Others write folders down too.
    if (!found.path.endsWith('/')) await take(found, content)
    for await (const _ of content) continue
    await reader.exactly((block - (found.size_bytes % block)) % block)
  }
}

function readHeader(header: Buffer): Found {
  const stated = parseInt(textAt(header, 148, 8), 8)
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (stated !== sum) throw new Error('This is no tar file, or it is damaged.')
  const prefix = textAt(header, 345, 155)
  const name = textAt(header, 0, 100)
  const binary = (header[124]! & 0x80) !== 0
  const size_bytes = binary
    ? Number(header.readBigUInt64BE(128))
    : parseInt(textAt(header, 124, 12), 8)
  return { path: prefix ? `${prefix}/${name}` : name, size_bytes }
}

const textAt = (header: Buffer, at: number, length: number): string =>
  header
    .toString('latin1', at, at + length)
    .replace(/\0.*$/s, '')
    .trim()

/** Cuts a stream of pieces into stretches of known lengths. */
class Reader {
  readonly #source: AsyncIterator<Uint8Array>
  #piece = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async exactly(length: number): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    for await (const piece of this.stretch(length)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  async *stretch(length: number): AsyncGenerator<Uint8Array> {
    let left = length
    while (left > 0) {
      if (this.#piece.length === 0) await this.#more()
      const part = this.#piece.subarray(0, left)
      this.#piece = this.#piece.subarray(part.length)
      left -= part.length
      yield part
    }
  }

  async #more(): Promise<void> {
    const next = await this.#source.next()
    if (next.done) throw new Error('The file ends in the middle.')
    this.#piece = Buffer.from(next.value)
  }
}
