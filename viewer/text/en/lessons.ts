// English: lessons.
export const lessons = {}
