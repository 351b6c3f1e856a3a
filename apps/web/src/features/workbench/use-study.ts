import type { Schema } from '@recomamp/amc-sql'
import type { ParameterDeclaration } from '@recomamp/contracts'
import { useEffect, useState } from 'react'
import { type Study, studyOf } from './study.ts'

const afterMs = 120

/** The study of the text as it stood shortly ago: typing is never held up, and findings come well under 300 ms. */
export function useStudy(text: string, declared: readonly ParameterDeclaration[], schema: Schema | null): Study {
  const [study, setStudy] = useState<Study>(() => studyOf(text, declared, schema))
  useEffect(() => {
    const timer = setTimeout(() => setStudy(studyOf(text, declared, schema)), afterMs)
    return () => clearTimeout(timer)
  }, [text, declared, schema])
  return study
}
