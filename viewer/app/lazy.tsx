// A component whose code is fetched when it is first shown.
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { loadWords, text } from '../text/text.ts'

/**
 * @param load fetches the component; asked again at the next showing after it failed.
 * @param waiting whether the wait is told.
 */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: 'told' | 'silent' = 'told',
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null
  return function Lazy(props: Props) {
    const [failed, setFailed] = useState(false)
    const [, setLoaded] = useState(Loaded !== null)
    useEffect(() => {
      if (Loaded !== null) return
      let shown = true
      // It may need words that are not there at first.
      Promise.all([load(), loadWords()]).then(
        ([component]) => {
          Loaded = component
          if (shown) setLoaded(true)
        },
        () => shown && setFailed(true),
      )
      return () => {
        shown = false
      }
    }, [])
    if (Loaded !== null) return <Loaded {...props} />
    if (waiting === 'silent') return null
    const { loading, failedToLoad } = text.value.shell
    return <p class="lazy">{failed ? failedToLoad : loading}</p>
  }
}
