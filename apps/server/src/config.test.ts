import { describe, expect, test } from 'vitest'
import { connectionTo } from '#platform/db/database-tls.ts'
import { readS3Place } from '#platform/files/s3-place.ts'
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

test('S-242, S-123, S-261: without settings one process does everything, on 8001 of this machine only, with the emulator on', () => {
  const { config, secrets } = readSettings({})
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 8001,
    database: 'embedded',
    environment: 'development',
    role: 'all',
  })
  expect(config.emulator).toEqual({ on: true, port: 8002 })
  expect(config.rateLimits).toEqual({ perAddress: 100, signedIn: 1200 })
  expect(config.databasePool).toEqual({ size: 10, connectionLifeSeconds: 1800 })
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
  test('S-215: starts with keys and a public address; the emulator is off', () => {
    const { config, secrets } = readSettings(production)
    expect(config.publicUrl).toBe('https://amc.example.com')
    expect(config.emulator.on).toBe(false)
    expect(secrets.fernetKeys).toEqual([key])
  })

  test.each(['JWT_SECRET_KEY', 'FERNET_KEY', 'PUBLIC_URL'])(
    'S-169, S-216, S-217: refuses to start without %s',
    (name) => {
      expect(faultsOf({ ...production, [name]: '' }).join()).toContain(`${name} must be set in production`)
    },
  )

  test('S-019, S-211: refuses a public address without TLS', () => {
    expect(faultsOf({ ...production, PUBLIC_URL: 'http://amc.example.com' }).join()).toContain('https://')
  })
})

describe('S-262: a front end of its own', () => {
  const at = (webUrl: string) => ({ ...production, WEB_URL: webUrl })

  test('is named by its origin, and the public address itself is none', () => {
    expect(readSettings(at('https://app.example.com/')).config.webUrl).toBe('https://app.example.com')
    expect(readSettings(at('https://amc.example.com')).config.webUrl).toBeNull()
  })

  test.each(['https://app.example.org', 'http://app.example.com', 'https://10.0.0.1'])(
    '%s is another site, to which no cookie of the session goes',
    (webUrl) => expect(faultsOf(at(webUrl)).join()).toContain('WEB_URL must be of the same site as PUBLIC_URL'),
  )

  test('needs the address of the API', () => {
    expect(faultsOf({ WEB_URL: 'http://app.localhost' }).join()).toContain('WEB_URL needs PUBLIC_URL')
  })
})

test('S-171: several Fernet keys are a comma list; the first encrypts', () => {
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

test('S-256: what is shared needs a place', () => {
  expect(faultsOf({ SHARED_CACHE: 'on' }).join()).toContain('SHARED_CACHE=on needs REDIS_URL')
  expect(readSettings({ SHARED_CACHE: 'on', REDIS_URL: 'redis://r' }).config.sharedCache).toBe(true)
  expect(readSettings({ REDIS_URL: 'redis://r' }).config.sharedCache).toBe(false)
})

test('S-219: several processes need a shared database', () => {
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

test('S-212: a database on another machine is not reached in the clear unless the settings say so by name', () => {
  const plain = 'postgres://app@db.example/app?sslmode=disable'
  expect(faultsOf({ DATABASE_URL: plain })).toEqual([
    expect.stringMatching(/^DATABASE_URL .*sslmode.*DATABASE_TLS=off/),
  ])
  expect(faultsOf({ DATABASE_URL: plain, DATABASE_TLS: 'off' })).toEqual([])
  expect(faultsOf({ DATABASE_URL: 'postgres://app@127.0.0.1/app?sslmode=disable' })).toEqual([])
  const far = 'postgres://app@db.example/app?sslmode=require&application_name=x'
  const verified = {
    connectionString: 'postgres://app@db.example/app?application_name=x',
    ssl: { rejectUnauthorized: true },
  }
  expect(connectionTo(far, null)).toEqual(verified)
  expect(connectionTo(far, 'unverified').ssl).toEqual({ rejectUnauthorized: false })
  expect(connectionTo(far, 'off').ssl).toBe(false)
  for (const near of [
    'postgres://app@localhost/app',
    'postgres://app@[::1]:5433/app',
    'postgres:///app?host=/run/postgresql',
  ])
    expect(connectionTo(near, null)).toEqual({ connectionString: near })
})

test('S-225: the pool of connections has a size of its own', () => {
  expect(readSettings({ DATABASE_POOL_SIZE: '3' }).config.databasePool.size).toBe(3)
  expect(faultsOf({ DATABASE_POOL_SIZE: '0' })).toHaveLength(1)
})

test('S-259: the address of a bucket holds its place and its key, and a fault of it is told without the key', () => {
  expect(readS3Place('https://ID:a%2Fb@s3.eu-central-1.amazonaws.com/bucket/some/prefix/')).toEqual({
    endpoint: 'https://s3.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
    bucket: 'bucket',
    prefix: 'some/prefix',
    key: { id: 'ID', secret: 'a/b' },
  })
  expect(readS3Place('http://minio:9000/bucket?region=here')).toMatchObject({ region: 'here', prefix: '', key: null })
  for (const wrong of ['bucket', 's3://ID:geheim@bucket', 'https://ID:geheim@host', 'https://ID@host/bucket']) {
    const [fault = ''] = faultsOf({ RESULTS_S3_URL: wrong })
    expect(fault, wrong).toMatch(/^RESULTS_S3_URL must /)
    expect(fault).not.toContain('geheim')
  }
})
