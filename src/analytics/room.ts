/** What this room offers: how the platform and its businesses are doing. */
export {}
