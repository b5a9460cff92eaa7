/** What this room offers: mail on its way out. */
export {}
