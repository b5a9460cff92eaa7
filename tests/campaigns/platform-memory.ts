/** What many founders remember: what was answered to them, and what never was. */

/** How a business may stand, as far as anybody was told. */
export type Standing = 'open' | 'closing' | 'gone'

/** A business as somebody knows it who was given its token. */
export interface Known {
  id: string
  name: string
  slug: string
  token: string
  /** Of a sandbox or a branch. */
  parent_id: string | undefined
  /** More than one while an answer is missing. */
  may_be: Set<Standing>
  /** Codes of plans; more than one while an answer is missing. */
  plans: Set<string>
  /** Items whose creation was answered. */
  skus: string[]
  /** Somebody is deciding about its life: others wait. */
  busy: boolean
  /** Requests under its token that were sent at all. */
  sent: number
  /** When requests were answered in this life. */
  answered_at: number[]
  /** So many calls have to be counted for good. */
  counted_floor: number
}

/** What was sent under a key. */
export interface Attempt {
  path: string
  body: Record<string, unknown>
  name: string
}

export type Answered = 'no' | 'maybe' | 'yes'

export interface Invited {
  tenant_id: string
  id: string
  email: string
  accepted: Answered
}

export interface SignedUp {
  name: string
  email: string
  confirmed: Answered
}

export class Memory {
  readonly businesses = new Map<string, Known>()
  /** Foundings that were never answered, by their key. */
  readonly unanswered = new Map<string, Attempt>()
  /** Answers of foundings, byte for byte. */
  readonly answers = new Map<string, Attempt & { text: string; id: string }>()
  readonly names = new Set<string>()
  readonly invited: Invited[] = []
  readonly sign_ups: SignedUp[] = []
  /** What was done so often, and acknowledged. */
  readonly acknowledged: Record<string, number> = {}

  count(what: string): void {
    this.acknowledged[what] = (this.acknowledged[what] ?? 0) + 1
  }

  learn(
    founded: Pick<Known, 'id' | 'name' | 'slug' | 'token'>,
    plan: string,
    parent_id?: string,
  ): Known {
    const before = this.businesses.get(founded.id)
    if (before) {
      before.token = founded.token
      return before
    }
    // It goes with the business beside which it stands.
    const ends = parent_id !== undefined && this.businesses.get(parent_id)!.may_be.has('gone')
    const known: Known = {
      ...founded,
      parent_id,
      may_be: new Set<Standing>(ends ? ['open', 'gone'] : ['open']),
      plans: new Set([plan]),
      skus: [],
      busy: false,
      sent: 0,
      answered_at: [],
      counted_floor: 0,
    }
    this.businesses.set(founded.id, known)
    return known
  }

  living(): Known[] {
    return [...this.businesses.values()].filter(({ may_be }) => !may_be.has('gone'))
  }

  siblingsOf(id: string): Known[] {
    return [...this.businesses.values()].filter(({ parent_id }) => parent_id === id)
  }

  /** The server was torn away: what was answered long enough before is counted for good. */
  lifeEnded(ended_at: number, kept_after_ms: number): void {
    for (const known of this.businesses.values()) {
      known.counted_floor += known.answered_at.filter((at) => at < ended_at - kept_after_ms).length
      known.answered_at = []
      known.busy = false
    }
  }
}
