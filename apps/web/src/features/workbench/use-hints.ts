import type { Hints } from '@recomamp/amc-sql'
import { useEffect, useState } from 'react'

/** The rules about what AMC would run but is likely not meant, and what makes fixes. They come after the first paint; until then only errors are known. */
export function useHints(): Hints | undefined {
  const [hints, setHints] = useState<Hints>()
  useEffect(() => {
    // Without them the workbench works on; the next visit tries again.
    import('@recomamp/amc-sql/hints').then(
      (module) => setHints(module.hints),
      () => undefined,
    )
  }, [])
  return hints
}
