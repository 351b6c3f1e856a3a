import { access } from '#messages/access.ts'

const browsers = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const

const systems = [
  [/Windows/, 'Windows'],
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
] as const

/** What a browser is called, from what it says of itself: enough to tell one's own apart. */
export function deviceOf(userAgent: string | null): string {
  const [, browser] = browsers.find(([pattern]) => pattern.test(userAgent ?? '')) ?? []
  const [, system] = systems.find(([pattern]) => pattern.test(userAgent ?? '')) ?? []
  if (browser === undefined) return access.sessions.otherProgram
  return access.sessions.device(browser, system ?? access.sessions.otherSystem)
}
