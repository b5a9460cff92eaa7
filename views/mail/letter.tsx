/** A mail as a page: plain, because every program that reads mail draws it differently. */
import { raw, type Html } from '../../src/kit/html.ts'

interface LetterProps {
  subject: string
  lines: readonly string[]
  link: { label: string; url: string } | undefined
  business: string
}

export const letter = ({ subject, lines, link, business }: LetterProps): Html => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
        {link && (
          <p>
            <a href={link.url}>{link.label}</a>
            <br />
            <small>{link.url}</small>
          </p>
        )}
        <hr />
        <p>
          <small>{business}</small>
        </p>
      </body>
    </html>
  </>
)
