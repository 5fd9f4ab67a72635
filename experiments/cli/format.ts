// Numbers as people read them, the same in the terminal and in the report.

const counts = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** 60000 as 60,000; what was not measured as a dash. */
export function formatCount(value: number | null): string {
  return value === null ? '–' : counts.format(value)
}

/** 0.9712 as 97.1 %. */
export function formatPercent(value: number | null, digits = 1): string {
  return value === null ? '–' : `${(100 * value).toFixed(digits)} %`
}

/** Seconds as 8.4 s, 3 min 20 s or 1 h 05 min. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** Seconds as milliseconds where they are few: 1.06 ms. */
export function formatShortDuration(seconds: number | null): string {
  return seconds !== null && seconds < 1 ? `${(1000 * seconds).toFixed(2)} ms` : formatDuration(seconds)
}
