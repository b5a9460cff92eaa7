/** Removes what may not be kept from a recorded exchange: credentials, tokens, label images. */
import type { Connection } from './contract.ts'

const secret_headers = /^(authorization|proxy-authorization|cookie|set-cookie)$|key|token|secret/i
const secret_members =
  /("(?:access_token|refresh_token|client_secret|password|api_key)"\s*:\s*)"[^"]*"/g
const max_kept_characters = 20_000

export const redactHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secret_headers.test(name) ? '[redacted]' : value,
    ]),
  )

/** Text without the connection's credentials and long base64, cut at 20,000 characters. */
export function redactText(text: string, connection: Connection): string {
  let clean = text.replace(secret_members, '$1"[redacted]"')
  for (const secret of Object.values(connection.credentials)) {
    // Very short values (a country, a flag) are no secrets and would blank out half the text.
    if (secret.length < 6) continue
    clean = clean
      .replaceAll(secret, '[redacted]')
      .replaceAll(encodeURIComponent(secret), '[redacted]')
  }
  clean = clean.replace(
    /[A-Za-z0-9+/]{400,}={0,2}/g,
    (run) => `[${run.length} characters of base64]`,
  )
  return clean.length > max_kept_characters
    ? `${clean.slice(0, max_kept_characters)}… [${clean.length} characters]`
    : clean
}
