import { expect, test } from 'vitest'
import { noticeOf } from './connection-notices.ts'

const now = new Date('2027-09-01T12:00:00Z')
const healthy = { health: 'healthy', reconnectReason: null, consentEndsAt: null } as const

test('a connection that works needs nobody', () => {
  expect(noticeOf(healthy, now)).toBeNull()
  expect(noticeOf({ ...healthy, consentEndsAt: '2027-10-01T12:00:01Z' }, now)).toBeNull()
})

test('30 days before Amazon ends a consent its person is warned, well before day 365', () => {
  expect(noticeOf({ ...healthy, consentEndsAt: '2027-10-01T12:00:00Z' }, now)).toBe('consent-ends')
})

test('a broken connection says why it broke, whatever its consent', () => {
  const broken = { health: 'needs-reconnect', consentEndsAt: '2027-09-02T00:00:00Z' } as const
  expect(noticeOf({ ...broken, reconnectReason: 'revoked' }, now)).toBe('revoked')
  expect(noticeOf({ ...broken, reconnectReason: 'unreadable' }, now)).toBe('unreadable')
  expect(noticeOf({ ...broken, reconnectReason: 'disconnected' }, now)).toBeNull()
})
