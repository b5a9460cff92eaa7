/** A font imported with `{ type: 'file' }` is the path under which it can be read. */
declare module '*.ttf' {
  const path: string
  export default path
}
