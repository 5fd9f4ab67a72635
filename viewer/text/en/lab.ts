// English: lab.
export const lab = {}
