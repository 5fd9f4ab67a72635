// A formula set by KaTeX as MathML, which needs neither fonts nor styles: loaded when the first one is shown.
import type katex from 'katex'
import { useEffect, useRef, useState } from 'preact/hooks'

let loading: Promise<typeof katex> | null = null

/** @param spoken the formula in words, shown until KaTeX is there and read to those who listen. */
export function Formula({ source, spoken }: { readonly source: string; readonly spoken: string }) {
  const place = useRef<HTMLDivElement>(null)
  const [plain, setPlain] = useState(true)
  useEffect(() => {
    let gone = false
    loading ??= import('katex').then(module => module.default)
    loading.then(
      library => {
        if (gone || place.current === null) return
        library.render(source, place.current, { output: 'mathml', displayMode: true, throwOnError: false })
        setPlain(false)
      },
      // Without KaTeX the words stay; the next formula tries again.
      () => {
        loading = null
      },
    )
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
