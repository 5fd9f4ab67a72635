// Something fetched for a part of the page: there, on its way, or not to be had.
import { useEffect, useState } from 'preact/hooks'

export type Fetched<Value> = Value | 'waiting' | 'missing'

/** @param fetching is called again when `key` changes. */
export function useFetched<Value>(key: string, fetching: () => Promise<Value>): Fetched<Value> {
  const [state, setState] = useState<{ key: string; value: Fetched<Value> }>({ key, value: 'waiting' })
  useEffect(() => {
    let wanted = true
    setState({ key, value: 'waiting' })
    fetching().then(
      value => wanted && setState({ key, value }),
      () => wanted && setState({ key, value: 'missing' }),
    )
    return () => {
      wanted = false
    }
  }, [key])
  return state.key === key ? state.value : 'waiting'
}
