import { useCallback, useLayoutEffect, useRef } from 'react'

/** One function for the life of a component that does what its latest version does, so that panes which get it are not drawn anew. */
export function useStable<Given extends unknown[], Answer>(
  latest: (...given: Given) => Answer,
): (...given: Given) => Answer {
  const current = useRef(latest)
  useLayoutEffect(() => {
    current.current = latest
  })
  return useCallback((...given: Given) => current.current(...given), [])
}
