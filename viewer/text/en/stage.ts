// English: stage.
export const stage = {}
