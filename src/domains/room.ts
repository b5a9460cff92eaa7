/** What this room offers: the host names by which a business is reached. */
export {}
