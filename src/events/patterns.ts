/** Whether a type of event is one that a subscriber asked for. */

/** A pattern is `*`, a family such as `item.*`, or one type. */
export const matchesType = (patterns: readonly string[], type: string): boolean =>
  patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === type ||
      (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  )
