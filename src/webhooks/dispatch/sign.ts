/** Signs a delivery as Standard Webhooks 1.0 says, with every secret that is valid now. */
import { hmacSha256 } from '../../kit/secrets.ts'

/** @returns `v1,<base64> v1,<base64>`: HMAC-SHA256 over `id.timestamp.body` */
export const signatureOf = (
  secrets: readonly string[],
  id: string,
  timestamp_s: number,
  body: string,
): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      return `v1,${hmacSha256(key, `${id}.${timestamp_s}.${body}`).toString('base64')}`
    })
    .join(' ')
