/**
 * Hands a command to the server that holds the data folder, over a socket that only its owner may
 * open: one process works on the files, whoever asks.
 */
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '../kit/secrets.ts'

/** What is sent back, line by line. */
type Message = { line: string } | { exit_code: number }

/** Runs the words of a command and returns its exit code. */
export type RunWords = (words: string[], print: (line: string) => void) => Promise<number>

/** A socket's path may have 107 bytes; a deep data folder gets one in the temporary folder. */
export function controlSocket(data: string): string {
  const path = join(data, 'run', 'control.sock')
  return path.length <= 100 ? path : join(tmpdir(), `stowage-${sha256Hex(data).slice(0, 12)}.ctl`)
}

export function listenForCommands(data: string, run: RunWords): { close(): void } {
  const path = controlSocket(data)
  mkdirSync(join(data, 'run'), { recursive: true, mode: 0o700 })
  // One that a killed server left behind; the lock says that nobody listens there.
  rmSync(path, { force: true })
  const server = Bun.serve({
    unix: path,
    fetch: async (request, server) => {
      // A proof of everything may be silent for longer than a connection usually may.
      server.timeout(request, 0)
      return new Response(answer((await request.json()) as string[], run))
    },
  })
  chmodSync(path, 0o600)
  return {
    close: () => {
      void server.stop(true)
      rmSync(path, { force: true })
    },
  }
}

function answer(words: string[], run: RunWords): ReadableStream<string> {
  return new ReadableStream({
    async start(controller) {
      const send = (message: Message) => controller.enqueue(`${JSON.stringify(message)}\n`)
      const exit_code = await run(words, (line) => send({ line }))
      send({ exit_code })
      controller.close()
    },
  })
}

/** @returns the exit code, or undefined when no server listens */
export async function sendCommand(
  data: string,
  words: readonly string[],
  print: (line: string) => void,
): Promise<number | undefined> {
  const path = controlSocket(data)
  if (!existsSync(path)) return undefined
  const response = await connect(path, words)
  if (!response) return undefined
  let exit_code: number | undefined
  for await (const message of messagesOf(response)) {
    if ('line' in message) print(message.line)
    else exit_code = message.exit_code
  }
  if (exit_code === undefined) throw new Error('The server ended before it had answered.')
  return exit_code
}

async function connect(unix: string, words: readonly string[]): Promise<Response | undefined> {
  try {
    return await fetch('http://stowage/', { method: 'POST', unix, body: JSON.stringify(words) })
  } catch (error) {
    // A socket without a listener: its server was killed.
    if (
      /ConnectionRefused|ECONNREFUSED|FailedToOpenSocket/.test(
        String((error as Error & { code?: string }).code),
      )
    ) {
      return undefined
    }
    throw error
  }
}

async function* messagesOf(response: Response): AsyncGenerator<Message> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body!) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as Message
  }
}
