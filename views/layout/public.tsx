/** The frame of pages for people who are not signed in: sign-in, set-up, tracking, problems. */
import type { Child, Html } from '../../src/kit/html.ts'
import { Mark } from '../ui/icon.tsx'
import { Document, type Assets } from './document.tsx'

export const Public = ({
  title,
  assets,
  wide,
  children,
}: {
  title: string
  assets: Assets
  wide?: boolean
  children?: Child
}): Html => (
  <Document title={title} assets={assets}>
    <div class={wide ? 'public wide' : 'public'}>
      <main id="main">
        <a class="brand" href="/">
          <Mark />
          Stowage
        </a>
        {children}
      </main>
    </div>
  </Document>
)
