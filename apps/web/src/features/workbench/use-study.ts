import type { Schema } from '@recomamp/amc-sql'
import { startTransition, useEffect, useEffectEvent, useRef, useState } from 'react'
import { askLanguage, teachTables } from './editor/language/ask-language.ts'
import { type Study, type StudyInput, unstudied } from './editor/language/study.ts'

/** The text comes in pauses of typing; this gathers what changes with it, and the keys of the fields for values. */
const gatherMs = 40

/** The latest study, made beside the page one at a time. `onStudied` is told each new one. */
export function useStudy(input: StudyInput, schema: Schema | null, onStudied: (study: Study) => void): Study {
  const [study, setStudy] = useState<Study>(() => unstudied(input.text, input.declared))
  const running = useRef<Promise<unknown>>(Promise.resolve())
  const tell = useEffectEvent(onStudied)
  useEffect(() => {
    let superseded = false
    const look = async () => {
      await running.current
      if (superseded) return
      teachTables(schema)
      const answer = askLanguage('study', input)
      running.current = answer.catch(() => undefined)
      const next = await answer
      if (superseded) return
      startTransition(() => setStudy(next))
      tell(next)
      if (!next.checked || next.hinted) return
      // What AMC would refuse is said first; where the rest cannot be loaded, that stands.
      await askLanguage('learnHints')
      await look()
    }
    const timer = setTimeout(() => void look().catch(() => undefined), gatherMs)
    return () => {
      superseded = true
      clearTimeout(timer)
    }
  }, [input, schema])
  return study
}
