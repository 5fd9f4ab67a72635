// English: shell.
export const shell = {}
