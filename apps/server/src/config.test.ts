import { describe, expect, test } from 'vitest'
import { SettingsFault, isLoopbackHost, readSettings } from './config.ts'

const key = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const production = {
  ENVIRONMENT: 'production',
  JWT_SECRET_KEY: 'x'.repeat(48),
  FERNET_KEY: key,
  PUBLIC_URL: 'https://amc.example.com/',
}

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults
    throw error
  }
}

test('S-242: without settings the server listens on 8001, on this machine only, with the emulator on', () => {
  const { config, secrets } = readSettings({})
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8001, database: 'embedded', environment: 'development' })
  expect(config.emulator).toEqual({ on: true, port: 8002 })
  expect(secrets.jwtSecretKey).toBeNull()
})

test('S-049, S-050, S-052, S-103, S-104: tokens are looked at every 600 s for those that end within 900 s, runs are asked for every 15 s, unless set', () => {
  const timesOf = (env: Record<string, string>) => {
    const { tokenRefreshIntervalMs, tokenRefreshBufferMs, executionPollIntervalMs } = readSettings(env).config
    return [tokenRefreshIntervalMs, tokenRefreshBufferMs, executionPollIntervalMs]
  }
  expect(timesOf({})).toEqual([600_000, 900_000, 15_000])
  const env = {
    TOKEN_REFRESH_INTERVAL_SECONDS: '60',
    TOKEN_REFRESH_BUFFER_SECONDS: '120',
    EXECUTION_POLL_INTERVAL_SECONDS: '5',
  }
  expect(timesOf(env)).toEqual([60_000, 120_000, 5000])
})

test('all faults are reported together, and no value of a secret', () => {
  const env = {
    PORT: 'eighty',
    ENVIRONMENT: 'staging',
    FERNET_KEY: `${key},not-a-key-but-secret`,
    JWT_SECRET_KEY: 'too-short-secret',
    DATABASE_URL: 'mysql://root:geheim@db',
    REDIS_URL: 'not a url',
    AMAZON_CLIENT_ID: 'amzn1.application-oa2-client.x',
    ROLE: 'cook',
  }
  const faults = faultsOf(env)
  for (const name of ['PORT', 'ENVIRONMENT', 'FERNET_KEY', 'JWT_SECRET_KEY', 'DATABASE_URL', 'REDIS_URL', 'ROLE'])
    expect(faults.map((fault) => fault.split(' ')[0])).toContain(name)
  expect(faults.some((fault) => fault.includes('AMAZON_CLIENT_SECRET'))).toBe(true)
  const message = new SettingsFault(faults).message
  for (const secret of ['not-a-key-but-secret', 'too-short-secret', 'geheim', key])
    expect(message).not.toContain(secret)
})

describe('F-29, F-38, F-51: production', () => {
  test('starts with keys and a public address; the emulator is off', () => {
    const { config, secrets } = readSettings(production)
    expect(config.publicUrl).toBe('https://amc.example.com')
    expect(config.emulator.on).toBe(false)
    expect(secrets.fernetKeys).toEqual([key])
  })

  test.each(['JWT_SECRET_KEY', 'FERNET_KEY', 'PUBLIC_URL'])('refuses to start without %s', (name) => {
    expect(faultsOf({ ...production, [name]: '' }).join()).toContain(`${name} must be set in production`)
  })

  test('refuses a public address without TLS', () => {
    expect(faultsOf({ ...production, PUBLIC_URL: 'http://amc.example.com' }).join()).toContain('https://')
  })
})

test('several Fernet keys are a comma list; the first encrypts', () => {
  expect(readSettings({ FERNET_KEY: `${key}, ${key}` }).secrets.fernetKeys).toEqual([key, key])
})

test('the settings that can be logged hold no secret', () => {
  const { config } = readSettings({
    ...production,
    DATABASE_URL: 'postgres://u:geheim@db/x',
    REDIS_URL: 'redis://:leise@r',
  })
  const text = JSON.stringify(config)
  for (const secret of ['geheim', 'leise', key, production.JWT_SECRET_KEY]) expect(text).not.toContain(secret)
})

test('several processes need a shared database', () => {
  expect(faultsOf({ ROLE: 'worker' }).join()).toContain('DATABASE_URL')
  expect(faultsOf({ ROLE: 'worker', DATABASE_URL: 'postgres://u@db/x' })).toEqual([])
})

test.each([
  ['127.0.0.1:8001', true],
  ['localhost:5173', true],
  ['[::1]:8001', true],
  ['localhost.evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['amc.example.com', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected)
})
