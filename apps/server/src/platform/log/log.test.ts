import { expect, test } from 'vitest'
import { createLog } from './log.ts'

const secrets = {
  access: 'Atza|IwEBIJedGXjDqs-access_token-with-350-characters',
  refresh: 'Atzr|IwEBIPqLmPq-refresh-token',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  fernet: 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF==',
  password: 'hunter2-is-secret',
}

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  write(createLog('trace', { write: (line) => (text += line) }))
  return text
}

test('S-136, F-37: no token reaches the log, by its field or by its shape', () => {
  const text = logged((log) => {
    log.info({ headers: { authorization: `Bearer ${secrets.jwt}`, cookie: `s=${secrets.password}` } }, 'request')
    log.info({ tokens: { accessToken: secrets.access, refresh_token: secrets.refresh } }, 'tokens')
    log.info({ a: { b: { c: { d: { hidden: secrets.access, other: secrets.fernet } } } } }, 'deep')
    log.error({ err: new Error(`refused ${secrets.refresh} at postgres://user:${secrets.password}@host/db`) }, 'failed')
    log.warn(`Authorization: Bearer ${secrets.password}`)
    log.child({ state: secrets.password }).info('child')
  })
  for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  expect(text.match(/\[hidden\]/g)?.length).toBeGreaterThan(8)
})

test('what is no secret stays readable', () => {
  const text = logged((log) => log.info({ userId: 'u1', amcInstanceId: 'amcabc12345', entityId: 'ENTITY1' }, 'done'))
  expect(JSON.parse(text)).toMatchObject({
    userId: 'u1',
    amcInstanceId: 'amcabc12345',
    entityId: 'ENTITY1',
    msg: 'done',
  })
})
