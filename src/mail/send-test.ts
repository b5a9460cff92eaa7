/** Sends a mail to try the mail server, and says what it answered. */
import { minute_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Outward } from '../operations/outward.ts'
import { compose } from './compose.ts'
import { queueMail } from './queue.ts'
import { getMail, getMailRow } from './read.ts'
import type { TestMail, TestResult } from './schema.ts'
import { sendMail } from './send.ts'
import { settle } from './settle.ts'

/** Longer than a conversation may take; after a crash in the middle the dispatcher goes on. */
const ours_for_ms = 3 * minute_ms

/** @throws Problem `mail_not_set_up` */
export async function sendTestMail(
  { services: { mail, public_url }, read, write }: Outward,
  { recipient }: TestMail,
): Promise<TestResult> {
  if (!mail) throw new Problem('mail_not_set_up', 'No mail server is set.')
  const lines = [`This mail shows that ${public_url} can send mail.`, 'There is nothing to do.']
  const test = { kind: 'test', recipient, subject: 'Mail works', lines }
  const id = await write((tx) => queueMail(tx, test, timestamp(tx.now_ms + ours_for_ms)))
  const { row, message } = read((read) => {
    const row = getMailRow(read, id)
    return { row, message: compose(read, row, mail, public_url) }
  })
  const outcome = await sendMail(mail, message)
  return write((tx) => {
    settle(tx, row, outcome)
    return { mail: getMail(tx, { id }), arrived: outcome.sent, words: outcome.words }
  })
}
