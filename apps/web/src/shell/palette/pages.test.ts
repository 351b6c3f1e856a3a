import { expect, test } from 'vitest'
import { pagesFor } from './pages.ts'

const labels = (role: Parameters<typeof pagesFor>[0]) => pagesFor(role).map(({ label }) => label)

test('S-100: the palette knows every section of the settings and the status page, the audit log for owners only', () => {
  expect(labels('owner')).toEqual(
    expect.arrayContaining([
      'Status',
      'Settings: Members',
      'Settings: Sessions',
      'Settings: Access tokens',
      'Settings: Webhooks',
      'Settings: Audit log',
    ]),
  )
  for (const role of ['analyst', 'viewer', undefined] as const) {
    expect(labels(role)).not.toContain('Settings: Audit log')
    expect(labels(role)).toHaveLength(labels('owner').length - 1)
  }
})
