/** A file imported with `{ type: 'file' }` is the path under which it can be read. */
declare module '*/standalone.js' {
  const path: string
  export default path
}
declare module '*/htmx.min.js' {
  const path: string
  export default path
}
declare module '*/console.js' {
  const path: string
  export default path
}
declare module '*.css' {
  const path: string
  export default path
}
declare module '*.svg' {
  const path: string
  export default path
}
declare module '*/console.js' {
  const path: string
  export default path
}
