import { createCipheriv, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { FernetFault, fernetDecrypt, fernetEncrypt, fernetKeyFault, newFernetKey } from './fernet.ts'

/** github.com/fernet/spec at 20dead475f53: generate.json, verify.json, invalid.json. */
const secret = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const helloToken =
  'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='
const second = new Date('1985-10-26T01:20:01-07:00')

test('G1: a token from fixed time, IV and message', () => {
  const iv = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
  expect(fernetEncrypt('hello', secret, new Date('1985-10-26T01:20:00-07:00'), iv)).toBe(helloToken)
})

test('V1: a sound token opens one second later', () => {
  expect(fernetDecrypt(helloToken, [secret], { now: second, ttlSeconds: 60 })).toBe('hello')
})

const invalid = [
  [
    'M1',
    'has a wrong MAC',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==',
    second,
  ],
  ['M2', 'is cut off', 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==', second],
  [
    'M3',
    'leaves the alphabet',
    '%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    second,
  ],
  [
    'M4',
    'is no whole number of blocks',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm',
    second,
  ],
  [
    'M5',
    'has wrong padding',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==',
    second,
  ],
  [
    'M6',
    'was issued ahead of the clock',
    'gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==',
    second,
  ],
  [
    'M7',
    'is too old',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    new Date('1985-10-26T01:21:31-07:00'),
  ],
  [
    'M8',
    'has an IV that spoils the padding',
    'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
    second,
  ],
] as const

test.each(invalid)('%s: a token that %s is refused', (_id, _why, token, now) => {
  expect(() => fernetDecrypt(token, [secret], { now, ttlSeconds: 60 })).toThrow(FernetFault)
})

test.each(invalid.filter(([id]) => id === 'M6' || id === 'M7'))(
  '%s without a time to live opens, as stored tokens are read',
  (_id, _why, token) => {
    expect(fernetDecrypt(token, [secret])).toBe('')
  },
)

describe('what the vectors do not cover', () => {
  const now = new Date('2026-11-22T10:00:00Z')
  const other = newFernetKey()

  test.each([0, 60])('age %i s at a time to live of 60 s opens', (age) => {
    const token = fernetEncrypt('text', secret, new Date(now.getTime() - age * 1000))
    expect(fernetDecrypt(token, [secret], { now, ttlSeconds: 60 })).toBe('text')
  })

  test('age 61 s at a time to live of 60 s does not', () => {
    const token = fernetEncrypt('text', secret, new Date(now.getTime() - 61_000))
    expect(() => fernetDecrypt(token, [secret], { now, ttlSeconds: 60 })).toThrow('too old')
  })

  test('60 s ahead of the clock opens, 61 s does not', () => {
    const at = (ahead: number) => fernetEncrypt('text', secret, new Date(now.getTime() + ahead * 1000))
    expect(fernetDecrypt(at(60), [secret], { now, ttlSeconds: 60 })).toBe('text')
    expect(() => fernetDecrypt(at(61), [secret], { now, ttlSeconds: 60 })).toThrow('ahead')
  })

  test('a wrong key is refused', () => {
    expect(() => fernetDecrypt(fernetEncrypt('text', secret, now), [other])).toThrow(FernetFault)
  })

  test('S-041, S-171: keys rotate: every key of the list opens', () => {
    const old = fernetEncrypt('old', secret, now)
    const fresh = fernetEncrypt('new', other, now)
    expect([old, fresh].map((token) => fernetDecrypt(token, [other, secret]))).toEqual(['old', 'new'])
  })

  test('S-171: any changed byte is refused', () => {
    const bytes = Buffer.from(fernetEncrypt('some longer text than one block', secret, now), 'base64url')
    for (let place = 0; place < bytes.length; place++) {
      const changed = Buffer.from(bytes)
      changed[place] = (changed[place] ?? 0) ^ 1
      const token = changed.toString('base64url')
      expect(() => fernetDecrypt(token.padEnd(Math.ceil(token.length / 4) * 4, '='), [secret])).toThrow(FernetFault)
    }
  })

  test('another version byte under a right MAC is refused', () => {
    const keyBytes = Buffer.from(secret, 'base64url')
    const cipher = createCipheriv('aes-128-cbc', keyBytes.subarray(16), Buffer.alloc(16))
    const header = Buffer.concat([Buffer.from([0x81]), Buffer.alloc(8), Buffer.alloc(16)])
    const body = Buffer.concat([header, cipher.update('text'), cipher.final()])
    const mac = createHmac('sha256', keyBytes.subarray(0, 16)).update(body).digest()
    expect(() => fernetDecrypt(Buffer.concat([body, mac]).toString('base64url'), [secret])).toThrow('version')
  })

  test.each(['', 'ä€😀 – тест', 'x'.repeat(15), 'x'.repeat(16), 'x'.repeat(5000), '\uFEFFbom'])(
    '%j survives',
    (text) => {
      expect(fernetDecrypt(fernetEncrypt(text, secret, now), [secret])).toBe(text)
    },
  )

  test('a token without its padding opens, one with foreign characters inside does not', () => {
    const token = fernetEncrypt('hello', secret, now)
    expect(fernetDecrypt(token.replaceAll('=', ''), [secret])).toBe('hello')
    expect(() => fernetDecrypt(`${token.slice(0, 20)}\n${token.slice(20)}`, [secret])).toThrow('base64url')
    expect(() => fernetDecrypt(`${token}=`, [secret])).toThrow('base64url')
  })

  test('S-170: two tokens of one text differ', () => {
    expect(fernetEncrypt('text', secret, now)).not.toBe(fernetEncrypt('text', secret, now))
  })

  test.each(['', 'short', 'A'.repeat(44), secret.replace('=', '*')])('%j is no key', (key) => {
    expect(fernetKeyFault(key)).not.toBeNull()
  })
})
