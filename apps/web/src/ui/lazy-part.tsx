import { type ComponentType, type FunctionComponent, use } from 'react'

/** Forgets one failed load each. */
const failed = new Set<() => void>()

/**
 * A component whose code is loaded when it is first drawn; until then it suspends. A load that failed stays failed, so that the boundary
 * around it shows a problem instead of asking for ever, until that boundary's Retry asks again.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): FunctionComponent<Props> {
  let loading: Promise<ComponentType<Props>> | null = null
  const begin = () => {
    const begun = load()
    begun.catch(() => failed.add(() => (loading = null)))
    return begun
  }
  return function LazyPart(props) {
    loading ??= begin()
    const Part = use(loading)
    return <Part {...props} />
  }
}

/** Lets all parts that could not be loaded be loaded again. */
export function forgetFailedParts(): void {
  for (const forget of failed) forget()
  failed.clear()
}

/** Whether code could not be loaded; browsers have no kind of error for it, only words. */
export function isNotLoaded(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed)/.test(
      error.message,
    )
  )
}
