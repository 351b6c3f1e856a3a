import type { Hints, Schema } from '@recomamp/amc-sql'
import type { ParameterDeclaration } from '@recomamp/contracts'
import { useEffect, useEffectEvent, useState } from 'react'
import { type Study, studyOf } from './study.ts'

const afterMs = 120

/**
 * The study of the text as it stood shortly ago: typing is never held up, and findings come well under 300 ms. `onStudied` is
 * told each new one.
 */
export function useStudy(
  text: string,
  declared: readonly ParameterDeclaration[],
  schema: Schema | null,
  hints: Hints | undefined,
  onStudied: (study: Study) => void,
): Study {
  const [study, setStudy] = useState<Study>(() => studyOf(text, declared, schema, hints))
  const tell = useEffectEvent(onStudied)
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = studyOf(text, declared, schema, hints)
      setStudy(next)
      tell(next)
    }, afterMs)
    return () => clearTimeout(timer)
  }, [text, declared, schema, hints])
  return study
}
