/** What this room offers: sandboxes and branches beside a live business. */
export {}
