/** The log: one JSON line per event on standard output, collected and written in blocks. */
import pino, { type Logger } from 'pino'

const block_bytes = 4_096
const flush_every_ms = 250

export interface Log {
  log: Logger
  /** Writes what is collected: before the process ends. */
  flush(): void
}

export function openLog(level: string): Log {
  const destination = pino.destination({
    fd: 1,
    sync: false,
    minLength: block_bytes,
    periodicFlush: flush_every_ms,
  })
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return { log: pino(options, destination), flush: () => destination.flushSync() }
}
