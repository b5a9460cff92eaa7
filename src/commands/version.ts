/** Which release this is, and the commit it was built from. */
import manifest from '../../package.json' with { type: 'json' }

/** Put in by build.ts; absent when run from source. */
declare const BUILD_STAMP: string | undefined

export const version: string = manifest.version

export const versionLine = (): string =>
  `stowage ${version} (${typeof BUILD_STAMP === 'string' ? BUILD_STAMP : 'from source'})`
