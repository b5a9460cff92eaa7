/** A real mail server on a free port, which answers as a test wants. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Arrived {
  from: string
  to: string[]
  text: string
  secure: boolean
  user: string
}

/** What the server answers to a mail: nothing is yes. */
type Answering = (
  nth: number,
) => { code: number; words: string } | 'hang up' | 'take it and hang up' | undefined

export const refusal = (code: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: code })

export class MailPeer {
  readonly arrived: Arrived[] = []
  /** What came as far as its text, whether or not it was taken. */
  seen = 0
  readonly #server: SMTPServer

  private constructor(
    options: SMTPServerOptions,
    private readonly answering: Answering,
  ) {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      authOptional: true,
      closeTimeout: 50,
      ...options,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        const nth = ++this.seen
        const answer = this.answering(nth)
        if (answer === 'hang up') {
          stream.once('data', () => this.#hangUp())
          return
        }
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          if (typeof answer === 'object') return done(refusal(answer.code, answer.words))
          const { mailFrom, rcptTo } = session.envelope
          this.arrived.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            text: Buffer.concat(chunks).toString(),
            secure: Boolean(session.secure),
            user: String(session.user ?? ''),
          })
          if (answer) this.#hangUp()
          else done(null, `OK: kept as ${nth}`)
        })
      },
    })
    // A client that hangs up in the middle is part of some tests.
    this.#server.on('error', () => undefined)
  }

  #hangUp(): void {
    for (const { _socket } of this.#server.connections) _socket.destroy()
  }

  static async listen(
    answering: Answering = () => undefined,
    options: SMTPServerOptions = {},
  ): Promise<MailPeer> {
    const peer = new MailPeer(options, answering)
    await new Promise<void>((resolve) => peer.#server.listen(0, '127.0.0.1', resolve))
    return peer
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve))
  }
}

/** A certificate for this machine that nobody else knows; undefined where there is no openssl. */
export function ownCertificate(): { key: string; cert: string } | undefined {
  if (!Bun.which('openssl')) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'stowage-mail-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    const words = ['openssl', ...made.split(' '), '-keyout', key, '-out', cert, ...names]
    const { exitCode } = Bun.spawnSync(words, { stdout: 'ignore', stderr: 'ignore' })
    if (exitCode !== 0) return undefined
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
