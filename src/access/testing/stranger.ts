/** Somebody at an entrance: opens links, fills in short forms, and keeps the cookies of one browser. */
import type { DatabaseFile } from '../../db/file.ts'
import { systemScope } from '../../db/scope.ts'
import type { Shop } from '../../../tests/shop.ts'

export interface Shown {
  status: number
  location: string | null
  html: string
}

export class Stranger {
  readonly #cookies = new Map<string, string>()

  constructor(private readonly shop: Shop) {}

  get isSignedIn(): boolean {
    return Boolean(this.#cookies.get('stw_session'))
  }

  look(path: string): Promise<Shown> {
    return this.#send(path, { method: 'GET' })
  }

  /** Sends a form to the address of its page. */
  submit(path: string, fields: Record<string, string>): Promise<Shown> {
    return this.#send(path, { method: 'POST', body: new URLSearchParams(fields).toString() })
  }

  /** Sends a form that stands on a page, with the token of the session. */
  async click(page: string, action: string, fields: Record<string, string> = {}): Promise<Shown> {
    const { html } = await this.look(page)
    const csrf_token = /name="csrf_token" value="([^"]+)"/.exec(html)?.[1] ?? ''
    return this.submit(action, { csrf_token, ...fields })
  }

  async #send(path: string, init: { method: string; body?: string }): Promise<Shown> {
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    }
    const request = new Request(`http://localhost${path}`, { ...init, headers })
    const response = await this.shop.house.app.handle(request)
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      this.#cookies.set(name!, value!)
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      html: await response.text(),
    }
  }
}

/** Where the links of the mails of one kind lead, the oldest first. */
export const mailedPaths = (file: DatabaseFile, kind: string): string[] =>
  file.read(systemScope('test'), (read) =>
    read
      .all<{ content: string }>('SELECT content FROM mails WHERE kind = ? ORDER BY id', kind)
      .map(({ content }) => (JSON.parse(content) as { action: { path: string } }).action.path),
  )
