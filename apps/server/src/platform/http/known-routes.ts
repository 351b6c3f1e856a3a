import type { App } from './app-types.ts'

/** Which methods an address knows, for the answer 405. */
export interface KnownRoutes {
  methodsOf(path: string): string[]
}

/** Remembers every route that is registered after this call. */
export function collectRoutes(app: App): KnownRoutes {
  const routes: { pattern: RegExp; method: string }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const pattern = new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[A-Za-z]+/g, '[^/]+')}/?$`)
    for (const one of [method].flat()) routes.push({ pattern, method: one })
  })
  return {
    methodsOf: (path) => [...new Set(routes.filter((route) => route.pattern.test(path)).map((route) => route.method))],
  }
}
