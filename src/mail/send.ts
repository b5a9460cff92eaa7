/** Hands one mail to the mail server, and reads from its answer what becomes of it. The only file that knows nodemailer. */
import { isIP } from 'node:net'
import type { MailSettings } from '../operations/services.ts'
import type { Message } from './compose.ts'

/** A server that is this slow has hung. */
const connect_ms = 15_000
const silence_ms = 40_000

export interface Outcome {
  sent: boolean
  /** The server wants nothing more of it: trying again would be the same. */
  final: boolean
  /** What the server said, or why it could not be reached. */
  words: string
}

const longest_words = 500

export async function sendMail(settings: MailSettings, message: Message): Promise<Outcome> {
  const transport = await openTransport(settings)
  const { message_id, from, to, date, subject, text, html } = message
  try {
    const { response } = await transport.sendMail({
      messageId: message_id,
      date,
      from,
      // As an object: what looks like a list of addresses stays one.
      to: { name: '', address: to },
      envelope: { from: from.address, to },
      subject,
      text,
      html,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return { sent: true, final: true, words: cut(response) }
  } catch (error) {
    return readRefusal(error as MailError)
  } finally {
    transport.close()
  }
}

/** Whether the server lets us in. @throws with its words when it does not */
export async function knock(settings: MailSettings): Promise<void> {
  const transport = await openTransport(settings)
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

/**
 * `smtps:` is encrypted from the start, `smtp:` as soon as the server offers it. A password is sent
 * in the clear to this very machine alone.
 */
async function openTransport({ smtp_url, ca }: MailSettings) {
  const { protocol, hostname, port, username, password } = new URL(smtp_url)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const near = host === 'localhost' || host === '::1' || (isIP(host) && host.startsWith('127.'))
  // Loaded with the first mail: most installations send few, and all of them have to start.
  const { createTransport } = await import('nodemailer')
  return createTransport({
    host,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && username !== '' && !near,
    ...(username && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    ...(ca && { tls: { ca } }),
    connectionTimeout: connect_ms,
    greetingTimeout: connect_ms,
    dnsTimeout: connect_ms,
    socketTimeout: silence_ms,
  })
}

type MailError = Error & { code?: string; responseCode?: number; response?: string }

/**
 * 5xx to sender, recipient or text is an answer to this mail. One to our name and password is our
 * own mistake, which is mended sooner or later: that is tried again, as everything else is.
 */
function readRefusal({ code, responseCode = 0, response, message }: MailError): Outcome {
  const about_this_mail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const final = about_this_mail && responseCode >= 500
  return { sent: false, final, words: cut(response ?? `${code ?? 'ERROR'}: ${message}`) }
}

const cut = (words: string): string => words.replace(/\s+/g, ' ').trim().slice(0, longest_words)
