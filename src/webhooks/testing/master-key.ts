/** The key of the test shop, for a process that opens its folder. */
export const testMasterKey = new Uint8Array(32).fill(7)
