/** What this room offers: a whole business as an archive that can be checked without us. */
export {}
