// English: one thing or more.

/** "one spike", "12 spikes", from a number and its text. */
export const many = (value: number, text: string, one: string, more: string) =>
  `${text} ${value === 1 ? one : more}`
