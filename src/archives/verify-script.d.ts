/** A file imported with `{ type: 'text' }` is what stands in it. */
declare module '*.py' {
  const text: string
  export default text
}
