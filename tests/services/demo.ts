/** A demonstration of a few days, made from source, and opened by whatever program is given. */
import { join } from 'node:path'
import { demoSettings, makeDemo, readNote, type Note } from '../../src/commands/demo/make.ts'
import { readSettings } from '../../src/commands/settings.ts'

const patience_ms = 60_000

export interface OpenDemo {
  url: string
  note: Note
  stop(): Promise<void>
}

/**
 * @param command what starts Stowage: the executable, or `bun src/main.ts`
 * @param folder an own one; the shop is made in it
 * @param port the two after it are used too, where they are free
 */
export async function openDemo(
  command: string[],
  folder: string,
  port: number,
  days: number,
): Promise<OpenDemo> {
  const data = join(folder, 'demo')
  const { settings } = readSettings({ data, port: String(port) }, {})
  await makeDemo(demoSettings(settings, data), days)
  const { BUN_OPTIONS: _, ...environment } = process.env
  const child = Bun.spawn([...command, 'demo', '--data', data, '--port', String(port)], {
    env: environment,
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await child.exited
  }
  try {
    await untilOpen(child.stdout)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://localhost:${port}`, note: readNote(data)!, stop }
}

async function untilOpen(stdout: ReadableStream<Uint8Array>): Promise<void> {
  const give_up = AbortSignal.timeout(patience_ms)
  const decoder = new TextDecoder()
  let said = ''
  for await (const chunk of stdout) {
    said += decoder.decode(chunk, { stream: true })
    if (said.includes('Ctrl-C')) return
    if (give_up.aborted) break
  }
  throw new Error(`the demonstration did not open: ${said}`)
}
