import type { Rule } from '@recomamp/amc-sql'
import { useEffect, useState } from 'react'

const none: readonly Rule[] = []

/** The rules about what AMC would run but is likely not meant. They come after the first paint; until then only errors are known. */
export function useHints(): readonly Rule[] {
  const [hints, setHints] = useState(none)
  useEffect(() => {
    // Without them the workbench works on; the next visit tries again.
    import('@recomamp/amc-sql/hints').then(
      (module) => setHints(module.hints),
      () => undefined,
    )
  }, [])
  return hints
}
