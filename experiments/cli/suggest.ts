// Finds the word that was probably meant.

/** Edits (insert, delete, replace, swap neighbours) from `a` to `b`: optimal string alignment. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => {
    const row = new Array<number>(b.length + 1).fill(0)
    row[0] = i
    return row
  })
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, rows[i - 2]![j - 2]! + 1)
      }
      rows[i]![j] = least
    }
  }
  return rows[a.length]![b.length]!
}

/** The nearest of `choices`, or null when none is near enough to be what was meant. */
export function suggest(word: string, choices: readonly string[]): string | null {
  // Longer than any option: not worth the table.
  if (word.length > 40) return null
  let best: string | null = null
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1
  for (const choice of choices) {
    const edits = distance(word, choice)
    if (edits < least) {
      least = edits
      best = choice
    }
  }
  return best
}
