/** What this room offers: what a business still owes, how it is closed, and how it is erased. */
export {}
