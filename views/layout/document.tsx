/** The HTML document around everything: what a browser has to load, all of it from us. */
import { raw, type Child, type Html } from '../../src/kit/html.ts'

/** Addresses of the assets, which change with their content. */
export interface Assets {
  styles: readonly string[]
  scripts: readonly string[]
  icon: string
}

export const Document = ({
  title,
  assets,
  children,
}: {
  title: string
  assets: Assets
  children?: Child
}): Html => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false,"inlineScriptNonce":""}' />
        <title>{`${title} · Stowage`}</title>
        <link rel="icon" href={assets.icon} type="image/svg+xml" />
        {assets.styles.map((href) => (
          <link rel="stylesheet" href={href} />
        ))}
        {assets.scripts.map((src) => (
          <script src={src} defer></script>
        ))}
      </head>
      <body>{children}</body>
    </html>
  </>
)
