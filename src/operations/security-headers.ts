/** What browsers may do on our pages: load from us, post to us, and nothing else. */

const policy = (rules: Record<string, string>): string =>
  Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

const rules = {
  'default-src': "'self'",
  'img-src': "'self' data:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
}

const headersWith = (content_security_policy: string): Record<string, string> => ({
  'content-security-policy': content_security_policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
})

/** For every document of the console. */
export const page_headers = headersWith(policy(rules))

/** The API reference is a component of others that writes its styles into the page while it runs. */
export const reference_headers = headersWith(
  policy({ ...rules, 'style-src': "'self' 'unsafe-inline'" }),
)
