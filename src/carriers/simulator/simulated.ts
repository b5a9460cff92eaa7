/** The carriers that the simulator knows how to be; it opens with exactly these. */
export const simulated_carriers: readonly string[] = ['sendle', 'ups']
