import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LogTail } from './log-tail.ts'

test('forwards whole lines once, and begins the file anew when it is long', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-log-'))
  const heard: string[] = []
  const path = join(folder, 'daemon.log')
  const tail = new LogTail(path, (line) => heard.push(line))
  try {
    writeSync(tail.descriptor, 'first\nsec')
    tail.look()
    expect(heard).toEqual(['first'])
    writeSync(tail.descriptor, 'ond\n')
    tail.look()
    expect(heard).toEqual(['first', 'second'])
    const long = 'x'.repeat(1023)
    for (let line = 0; line < 1_100; line++) writeSync(tail.descriptor, `${long}\n`)
    tail.look()
    expect(heard).toHaveLength(1_102)
    expect(statSync(path).size).toBe(0)
    writeSync(tail.descriptor, 'after\nlast words')
    tail.close()
    expect(heard.slice(-2)).toEqual(['after', 'last words'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
