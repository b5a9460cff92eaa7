/** What this room offers: usage, counted and shown line by line. */
export {}
