import { expect, test } from 'vitest'
import { createLogScan } from './log-scan.ts'

test('S-136: whatever a server logs in a test is searched for credentials, by shape and by those that the test knows', () => {
  const clean = createLogScan()
  clean.write('{"reqId":"1","msg":"request","authorization":"[hidden]","url":"postgres://user:[hidden]@host/db"}\n')
  clean.know('a session that nobody logged')
  expect(() => clean.demandClean()).not.toThrow()
  for (const leak of [
    'Atza|IwEBIJedGXjDqs',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'gAAAAAAdwJ6wAAECAwQFBgcICQ',
    'rcm_abcdefghijklmnopqrstuv',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZI',
    'authorization: Bearer abcdefghijkl',
    'redis://user:hunter2@host',
    'known-to-the-test',
  ]) {
    const scan = createLogScan()
    scan.know('known-to-the-test')
    scan.write(`{"msg":"${leak}"}\n`)
    expect(() => scan.demandClean(), leak).toThrow('<credential>')
  }
})
