/** A state as a word with a colour: the word alone is enough to understand it. */
import type { Html } from '../../src/kit/html.ts'

type Tone = 'good' | 'warn' | 'bad' | 'info' | 'calm'

const tones: Record<Tone, string> = {
  good: `received delivered active ok succeeded closed posted done resolved confirmed sent_ok healthy
    live restocked ready purchased cheapest on good`,
  warn: `partially_received needs_attention uncertain on_hold hold delivery_delayed quarantine
    suspended backordered paused waiting retrying counting delivery_uncertain investigating
    action_required ready_for_pickup warning pending_setup sandbox onboarding restricted closing`,
  bad: `delivery_failed failed recalled expired cancelled_with_error return_to_sender rejected
    disabled revoked dead broken bad`,
  info: `sent placed allocated picking packed shipped in_transit out_for_delivery picked_up
    purchasing rated running queued authorized inspected counted open requested delivering fastest`,
  calm: `draft cancelled archived unknown pending released skipped off none`,
}

const tone_of = new Map<string, Tone>(
  Object.entries(tones).flatMap(([tone, words]) =>
    words.split(/\s+/).map((word): [string, Tone] => [word, tone as Tone]),
  ),
)

/** `partially_received` → `Partially received` */
export const sentence = (word: string): string => {
  const words = word.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const Status = ({ of, label }: { of: string; label?: string }): Html => (
  <span class={`status ${tone_of.get(of) ?? 'calm'}`}>{label ?? sentence(of)}</span>
)
