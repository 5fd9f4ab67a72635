// Numbers as people read them, in the page's language.
import { type Language, language } from '../state/store.ts'

/** Stands for a number that is not there. */
const NOTHING = '–'
const locales: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' }
const formats = new Map<string, Intl.NumberFormat>()

function format(value: number, options: Intl.NumberFormatOptions): string {
  if (Number.isNaN(value)) return NOTHING
  const locale = locales[language.value]
  const key = `${locale} ${JSON.stringify(options)}`
  let made = formats.get(key)
  if (made === undefined) {
    made = new Intl.NumberFormat(locale, options)
    formats.set(key, made)
  }
  // A minus sign as wide as a plus, so that columns of numbers stay still.
  return made.format(value).replace('-', '−')
}

/** A count: "12,345". */
export function count(value: number): string {
  return format(value, { maximumFractionDigits: 0 })
}

/** A share of 1: "93.4 %", in Chinese "93.4%". */
export function percent(share: number, digits = 1): string {
  if (Number.isNaN(share)) return NOTHING
  const number = format(100 * share, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return language.value === 'zh' ? `${number}%` : `${number}\u00a0%`
}

/** A measured number: so many digits after the point. */
export function fixed(value: number, digits: number): string {
  return format(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A number of any size in so many significant digits: "0.0123", "1.2 × 10⁻⁷". */
export function significant(value: number, digits = 3): string {
  const magnitude = Math.abs(value)
  if (magnitude === 0 || (magnitude >= 1e-4 && magnitude < 1e6) || !Number.isFinite(value))
    return format(value, { maximumSignificantDigits: digits })
  const exponent = Math.floor(Math.log10(magnitude))
  return `${format(value / 10 ** exponent, { maximumSignificantDigits: digits })} × 10${raised(exponent)}`
}

/** A large number in few characters: "1.2 M". */
export function compact(value: number): string {
  return format(value, { notation: 'compact', maximumSignificantDigits: 3 })
}

/** With its sign, plus included. */
export function signed(value: number, digits = 3): string {
  return value > 0 ? `+${significant(value, digits)}` : significant(value, digits)
}

/** A number of so many digits after the point in a formula's source, without separators. */
export function texNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '\\text{–}'
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && magnitude < 10 ** -digits) {
    const exponent = Math.floor(Math.log10(magnitude))
    return `${(value / 10 ** exponent).toFixed(1)} \\times 10^{${exponent}}`
  }
  return value.toFixed(digits)
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map(digit => superscripts[Number(digit)]).join('')
  return exponent < 0 ? `⁻${digits}` : digits
}

const prefixes = [
  { from: 1, factor: 1, name: 'J' },
  { from: 1e-3, factor: 1e3, name: 'mJ' },
  { from: 1e-6, factor: 1e6, name: 'µJ' },
  { from: 1e-9, factor: 1e9, name: 'nJ' },
  { from: 0, factor: 1e12, name: 'pJ' },
] as const

/** An energy given in joules, in the unit that suits it: "4.1 µJ". */
export function energy(joules: number): string {
  if (!Number.isFinite(joules)) return NOTHING
  const { factor, name } = prefixes.find(prefix => joules >= prefix.from) ?? prefixes[0]
  return `${significant(joules * factor, 2)}\u00a0${name}`
}

/** A duration given in seconds: "1.2 ms", "34 s". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NOTHING
  if (seconds < 1e-3) return `${significant(seconds * 1e6, 2)}\u00a0µs`
  if (seconds < 1) return `${significant(seconds * 1e3, 2)}\u00a0ms`
  return `${significant(seconds, 2)}\u00a0s`
}
