/** A small DNS server over UDP that knows TXT records: tests ask it as they would ask a real one. */
import { createSocket, type Socket } from 'node:dgram'

const type_txt = 16
const class_in = 1
const no_such_name = 3
const server_failure = 2

/** A question: its name, its type, and where it ends in the packet. */
function readQuestion(packet: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = packet[at]!; length > 0; length = packet[at]!) {
    labels.push(packet.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: packet.readUInt16BE(at + 1), end: at + 5 }
}

function txtRecord(text: string): Buffer {
  const pieces = text.match(/[\s\S]{1,255}/g) ?? ['']
  const data = Buffer.concat(
    pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])),
  )
  const head = Buffer.alloc(12)
  // A pointer to the name in the question.
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(type_txt, 2)
  head.writeUInt16BE(class_in, 4)
  head.writeUInt32BE(0, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

export class DnsServer {
  readonly texts = new Map<string, string[]>()
  /** While this is set, it fails every question as a broken zone does. */
  broken = false
  /** Names whose zone is broken while the others answer. */
  readonly broken_names = new Set<string>()
  readonly asked: string[] = []

  private constructor(
    private readonly socket: Socket,
    readonly address: string,
  ) {}

  static async start(): Promise<DnsServer> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const server = new DnsServer(socket, `127.0.0.1:${socket.address().port}`)
    socket.on('message', (packet, from) => {
      socket.send(server.#answer(packet), from.port, from.address)
    })
    return server
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.socket.close(() => resolve()))
  }

  #answer(packet: Buffer): Buffer {
    const { name, type, end } = readQuestion(packet)
    this.asked.push(name)
    const known = this.texts.get(name)
    const records = type === type_txt ? (known ?? []).map(txtRecord) : []
    const head = Buffer.from(packet.subarray(0, 12))
    const broken = this.broken || this.broken_names.has(name)
    const code = broken ? server_failure : known ? 0 : no_such_name
    head.writeUInt16BE(0x8180 | code, 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(broken ? 0 : records.length, 6)
    head.writeUInt32BE(0, 8)
    const answers = broken ? [] : records
    return Buffer.concat([head, packet.subarray(12, end), ...answers])
  }
}
