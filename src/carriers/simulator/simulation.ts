/** How one carrier is simulated: routes that answer as it does, for whatever is asked. */
import type { World } from './world.ts'

export interface SimulatedRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  /** The body as JSON, or undefined. */
  json: unknown
  form: URLSearchParams
  /** Who was recognised by the credentials. */
  account: string
}

export interface SimulatedAnswer {
  status: number
  json?: unknown
  bytes?: Uint8Array
  headers?: Record<string, string>
}

export interface Route {
  method: string
  /** Named groups are the parameters. */
  path: RegExp
  /** Whether money is spent: lost answers are made of these. */
  buys?: boolean
  answer: (
    request: SimulatedRequest,
    world: World,
    parameters: Record<string, string>,
  ) => SimulatedAnswer | Promise<SimulatedAnswer>
}

export interface Simulation {
  carrier_id: string
  /** The caller's account, or the refusal the carrier would send. */
  authorize: (request: Omit<SimulatedRequest, 'account'>, world: World) => string | SimulatedAnswer
  routes: readonly Route[]
  /** Answers in the carrier's own shape when it is busy, down, or knows no such address. */
  busy: SimulatedAnswer
  down: SimulatedAnswer
  unknown: SimulatedAnswer
  /** Makes every token that was given out invalid. */
  expireTokens?: () => void
}
