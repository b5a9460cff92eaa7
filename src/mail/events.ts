/** What mail tells the outside. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'

const About = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  attempt_count: Type.Integer(),
  last_error: Type.String(),
})

export const mailSent: EventType = {
  type: 'mail.sent',
  summary: 'The mail server took a mail.',
  data: About,
}

export const mailFailed: EventType = {
  type: 'mail.failed',
  summary: 'A mail was refused for good, or could not be handed over in about nine hours.',
  data: About,
}

export const events = [mailSent, mailFailed]
