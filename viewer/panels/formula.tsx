// A formula set by KaTeX as MathML, which needs neither fonts nor styles: loaded when the first one is shown.
import type katex from 'katex'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

type Library = typeof katex

let library: Library | null = null
let loading: Promise<Library> | null = null

/** Fetches KaTeX once; the next formula tries again where it could not be fetched. */
function load(): Promise<Library> {
  loading ??= import('katex').then(
    module => {
      library = module.default
      return library
    },
    error => {
      loading = null
      throw error
    },
  )
  return loading
}

/** @param spoken the formula in words, shown until KaTeX is there and read to those who listen. */
export function Formula({ source, spoken }: { readonly source: string; readonly spoken: string }) {
  const place = useRef<HTMLDivElement>(null)
  const [plain, setPlain] = useState(library === null)
  // At once: a formula must not lag behind the numbers beside it.
  useLayoutEffect(() => {
    let gone = false
    const set = (ready: Library) => {
      if (gone || place.current === null) return
      ready.render(source, place.current, { output: 'mathml', displayMode: true, throwOnError: false })
      setPlain(false)
    }
    if (library !== null) set(library)
    else load().then(set, () => undefined)
    return () => {
      gone = true
    }
  }, [source])
  return (
    <div class="formula">
      <div ref={place} aria-hidden="true" />
      <p class={plain ? 'formula-plain' : 'visually-hidden'}>{spoken}</p>
    </div>
  )
}
