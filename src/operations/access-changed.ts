/** Says that tokens, roles or a tenant's state changed, so that nobody goes on with an old answer. */

/** Counts the changes of this process; who remembers an answer remembers the count with it. */
export let access_changes = 0

/** Hand this to `tx.afterCommit` in every command that changes who may do what. */
export const accessChanged = (): void => {
  access_changes++
}
