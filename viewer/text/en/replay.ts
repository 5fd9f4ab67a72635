// English: replay.
export const replay = {}
