// Compares what an example's line gave with the value its trailing comment shows: `x.shape // [2, 3]`.

/** A number as written, whose last digit says how exact it is. */
class ShownNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  matches(value: unknown): boolean {
    const number = Number(this.text)
    if (typeof value !== 'number' && typeof value !== 'bigint') return false
    if (Object.is(Number(value), number) || Number(value) === number) return true
    const [mantissa, exponent = '0'] = this.text.toLowerCase().split('e')
    const decimals = mantissa!.split('.')[1]?.length ?? 0
    // A whole number is exact; decimals are rounded, and a float32 has seven digits.
    if (decimals === 0 && exponent === '0') return false
    const lastDigit = 10 ** (Number(exponent) - decimals)
    return Math.abs(Number(value) - number) <= lastDigit / 2 + 1e-6 * Math.abs(number)
  }
}

/** An array that goes on after what is shown: `[1, 2, ...]`. */
class ShownStart {
  readonly items: readonly unknown[]

  constructor(items: readonly unknown[]) {
    this.items = items
  }
}

const tokens =
  /\s*(?:(\.\.\.)|([[\]{},:])|('[^']*')|(-?(?:\d[\d_]*\.?\d*(?:e[+-]?\d+)?|Infinity))|([A-Za-z_]\w*))/y

/** Reads numbers, 'text', names (true, null, ...), arrays and objects as JavaScript writes them. */
function parse(comment: string): unknown {
  const list: string[] = []
  tokens.lastIndex = 0
  while (tokens.lastIndex < comment.trimEnd().length) {
    const match = tokens.exec(comment)
    if (match === null) throw new SyntaxError(`"${comment}" is not a value: write prose on a line above`)
    list.push(match[0].trim())
  }
  const value = parseValue(list)
  if (list.length > 0) throw new SyntaxError(`"${comment}" is not one value: write prose on a line above`)
  return value
}

function parseValue(list: string[]): unknown {
  const token = list.shift() ?? ''
  if (token === '[') return parseArray(list)
  if (token === '{') return parseObject(list)
  if (token.startsWith("'")) return token.slice(1, -1)
  const names: Record<string, unknown> = { true: true, false: false, null: null, undefined, NaN: Number.NaN }
  if (Object.hasOwn(names, token)) return names[token]
  if (/^-?[\dI]/.test(token)) return new ShownNumber(token.replaceAll('_', ''))
  throw new SyntaxError(`"${token}" is not a value: write prose on a line above`)
}

function parseArray(list: string[]): unknown {
  const items: unknown[] = []
  while (list[0] !== ']') {
    if (list[0] === '...') {
      list.splice(0, 2)
      return new ShownStart(items)
    }
    items.push(parseValue(list))
    if (list[0] === ',') list.shift()
  }
  list.shift()
  return items
}

function parseObject(list: string[]): unknown {
  const fields: Record<string, unknown> = {}
  while (list[0] !== '}') {
    const [key, colon] = list.splice(0, 2)
    if (key === undefined || colon !== ':') throw new SyntaxError('expected `key: value` in an object')
    fields[key.replaceAll("'", '')] = parseValue(list)
    if (list[0] === ',') list.shift()
  }
  list.shift()
  return fields
}

function matches(value: unknown, shown: unknown): boolean {
  if (shown instanceof ShownNumber) return shown.matches(value)
  if (shown instanceof ShownStart || Array.isArray(shown)) {
    if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return false
    const [items, whole] = shown instanceof ShownStart ? [shown.items, false] : [shown, true]
    const actual = Array.from(value as ArrayLike<unknown>)
    if (whole ? actual.length !== items.length : actual.length <= items.length) return false
    return items.every((item, i) => matches(actual[i], item))
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof value !== 'object' || value === null) return false
    const fields = Object.entries(shown)
    if (fields.length !== Object.keys(value).length) return false
    return fields.every(([key, field]) => matches((value as Record<string, unknown>)[key], field))
  }
  return Object.is(value, shown)
}

function written(value: unknown): string {
  if (ArrayBuffer.isView(value)) return JSON.stringify(Array.from(value as unknown as ArrayLike<number>))
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/**
 * Runs an expression and compares what it gives with the comment: numbers to the digits written, `throws ShapeError` by
 * the error's name.
 */
export async function shows(run: () => unknown, comment: string, line: string): Promise<void> {
  const thrown = /^throws (\w+)$/.exec(comment)?.[1]
  if (thrown !== undefined) {
    const error = await Promise.resolve()
      .then(run)
      .then(
        () => undefined,
        (error: unknown) => error,
      )
    if (error instanceof Error && error.name === thrown) return
    throw new Error(`${line} should throw ${thrown}, ${error === undefined ? 'did not' : `threw ${error}`}`)
  }
  const shown = parse(comment)
  const value = await run()
  if (!matches(value, shown)) throw new Error(`${line} is ${written(value)}, its comment says ${comment}`)
}
