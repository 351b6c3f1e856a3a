import { Problem, type ProblemType } from '@recomamp/contracts'
import { problems as t } from '#messages/problems.ts'
import { Unreachable } from '#platform/http.ts'
import { isNotLoaded } from './lazy-part.tsx'

interface Explained {
  title: string
  detail: string
  next: string | null
  requestId: string | null
}

/** What happened, why, and what to do, for anything that can be thrown. */
export function explain(error: unknown, isPage = false): Explained {
  if (error instanceof Unreachable)
    return { title: t.unreachable.title, detail: t.unreachable.detail, next: t.next.wait, requestId: null }
  if (isNotLoaded(error)) return { ...t.notLoaded, next: null, requestId: null }
  if (!(error instanceof Problem)) {
    const unreadable = error instanceof Error && error.name === 'ZodError'
    return { ...(unreadable ? t.unreadable : isPage ? t.pageCrashed : t.crashed), next: null, requestId: null }
  }
  const requestId = error.extensions['requestId']
  return {
    title: error.title,
    detail: [
      error.message === error.title ? '' : error.message,
      ...error.errors.map(({ path, message }) => `${path}: ${message}`),
    ]
      .filter((part) => part !== '')
      .join(' '),
    next: nextStep(error),
    requestId: typeof requestId === 'string' ? requestId : null,
  }
}

/** By the kind of problem, otherwise by its status: there is always one. */
function nextStep({ type, status }: Problem): string {
  const known: Partial<Record<ProblemType, string>> = t.nextOf
  return known[type] ?? t.nextOfStatus[status] ?? (status >= 500 ? t.next.retry : t.next.correct)
}
