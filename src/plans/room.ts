/** What this room offers: plans, features and the operator's switches. */
export {}
