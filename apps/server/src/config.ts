import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { fernetKeyFault } from '#platform/crypto/fernet.ts'
import { readS3Place } from '#platform/files/s3-place.ts'

/** Everything that can be set and may be logged; what may not is in `Secrets`. */
export interface Config {
  readonly environment: 'development' | 'production'
  readonly role: 'all' | 'api' | 'worker'
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly database: 'embedded' | 'postgresql'
  /** Of PostgreSQL: how many connections there are at most, and after what time one is renewed. */
  readonly databasePool: { readonly size: number; readonly connectionLifeSeconds: number }
  /** Sign-in comes back to this origin; null in development, where it follows the loopback address that the browser used. */
  /** Of connections to a PostgreSQL on another machine; null where DATABASE_TLS is unset, which is to verify. */
  readonly databaseTls: 'verify' | 'unverified' | 'off' | null
  readonly publicUrl: string | null
  /** The origin of the web app where another server of the same site serves it; null where this one does. */
  readonly webUrl: string | null
  readonly allowedOrigins: readonly string[]
  /** Addresses or networks of reverse proxies whose X-Forwarded-For is believed; nobody else's is. */
  readonly trustedProxies: readonly string[]
  readonly amazon: AmazonSettings | null
  readonly emulator: { readonly on: boolean; readonly port: number }
  readonly tokenRefreshIntervalMs: number
  readonly tokenRefreshBufferMs: number
  readonly executionPollIntervalMs: number
  /** Nothing whose answer was lost is sent to AMC again before this has passed. */
  readonly executionSettleMs: number
  /** Unfinished submissions per instance. */
  readonly executionSlots: number
  /** And per AMC account, over all of its instances. */
  readonly executionSlotsPerAccount: number
  readonly catalogue: {
    /** Where the catalogue comes from instead of what ships. */
    readonly repository: CatalogueRepository | null
    readonly refreshIntervalMs: number
    readonly githubApiUrl: string
  }
  /** Networks that are not public and that webhooks may reach nevertheless, also without TLS. */
  readonly outboundAllowedNetworks: readonly string[]
  /** Whom letters come from; null where none can be sent. */
  readonly mailFrom: string | null
  /** Where traces are sent; null where they are not. */
  readonly tracing: { readonly endpoint: string; readonly serviceName: string } | null
  /** How much of a bucket's files is kept on this machine. */
  readonly resultsCacheBytes: number
  /** Whether the processes share in Redis what they have looked up. */
  readonly sharedCache: boolean
  readonly rateLimits: { readonly perAddress: number; readonly signedIn: number }
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
}

export interface CatalogueRepository {
  readonly owner: string
  readonly name: string
  /** A branch, tag or commit; `HEAD` is the head of the default branch. */
  readonly ref: string
  /** Inside the repository, without slashes at its ends; empty for the whole. */
  readonly folder: string
}

export interface AmazonSettings {
  readonly clientId: string
  /** Addresses that replace Amazon's public hosts in every region. */
  readonly authorizeUrl: string | null
  readonly tokenUrl: string | null
  readonly profileUrl: string | null
  readonly adsApiUrl: string | null
}

/** Never logged, never in an answer. */
export interface Secrets {
  readonly jwtSecretKey: string
  /** The first encrypts, all decrypt. */
  readonly fernetKeys: readonly string[]
  readonly databaseUrl: string | null
  readonly databaseAdminUrl: string | null
  readonly redisUrl: string | null
  readonly amazonClientSecret: string | null
  readonly githubToken: string | null
  readonly smtpUrl: string | null
  /** What a collector of traces wants to be sent, such as a key. */
  readonly tracingHeaders: Readonly<Record<string, string>>
  /** Holds the key of the bucket. */
  readonly resultsS3Url: string | null
  /** Opens `GET /metrics`. */
  readonly metricsToken: string | null
}

export interface Settings {
  readonly config: Config
  /** The keys are null where none was given; development then takes them from DATA_DIR/keys.json. */
  readonly secrets: Omit<Secrets, 'jwtSecretKey' | 'fernetKeys'> & {
    readonly jwtSecretKey: string | null
    readonly fernetKeys: readonly string[] | null
  }
}

/** Settings that stop the start: one message that lists every fault, never a value of a secret. */
export class SettingsFault extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(
      `The settings have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
    this.name = 'SettingsFault'
    this.faults = faults
  }
}

const port = z.coerce.number('must be a number').int('must be a whole number').min(0).max(65535)
const seconds = z.coerce.number('must be a number of seconds').int().min(1).max(86_400)
const perMinute = z.coerce.number('must be a number').int().min(1)
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
const origin = httpUrl.transform((text) => new URL(text).origin)
const network = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  'must be addresses or networks such as 10.0.0.0/8',
)
const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const Environment = z.object({
  ENVIRONMENT: z.enum(['development', 'production']).default('development'),
  ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8001),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be an address that begins with postgres://' })
    .optional(),
  DATABASE_ADMIN_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be an address that begins with postgres://' })
    .optional(),
  DATABASE_TLS: z.enum(['verify', 'unverified', 'off']).optional(),
  DATABASE_POOL_SIZE: z.coerce.number('must be a number').int().min(1).max(1000).default(10),
  DATABASE_CONNECTION_LIFE_SECONDS: seconds.default(1800),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be an address that begins with redis://' }).optional(),
  SHARED_CACHE: z.enum(['on', 'off']).default('off'),
  PUBLIC_URL: origin.optional(),
  WEB_URL: origin.optional(),
  ALLOWED_ORIGINS: z.string().transform(list).pipe(z.array(origin)).default([]),
  TRUSTED_PROXIES: z.string().transform(list).pipe(z.array(network)).default([]),
  JWT_SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  FERNET_KEY: z
    .string()
    .transform(list)
    .pipe(
      z
        .array(z.string().refine((key) => fernetKeyFault(key) === null, 'must be 32 bytes in base64url'))
        .min(1, 'must hold at least one key'),
    )
    .optional(),
  AMAZON_CLIENT_ID: z.string().optional(),
  AMAZON_CLIENT_SECRET: z.string().optional(),
  AMAZON_AUTHORIZE_URL: httpUrl.optional(),
  AMAZON_TOKEN_URL: httpUrl.optional(),
  AMAZON_PROFILE_URL: httpUrl.optional(),
  AMAZON_ADS_API_URL: httpUrl.optional(),
  TOKEN_REFRESH_INTERVAL_SECONDS: seconds.default(600),
  TOKEN_REFRESH_BUFFER_SECONDS: seconds.default(900),
  EXECUTION_POLL_INTERVAL_SECONDS: seconds.default(15),
  EXECUTION_SETTLE_SECONDS: seconds.default(90),
  EXECUTION_SLOTS: z.coerce.number('must be a number').int().min(1).max(1000).default(10),
  EXECUTION_SLOTS_PER_ACCOUNT: z.coerce.number('must be a number').int().min(1).max(10_000).default(200),
  RATE_LIMIT_PER_MINUTE: perMinute.default(100),
  RATE_LIMIT_SIGNED_IN_PER_MINUTE: perMinute.default(1200),
  CATALOGUE_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'must be an owner and a name such as example/amc-catalogue')
    .optional(),
  CATALOGUE_REF: z.string().default('HEAD'),
  CATALOGUE_FOLDER: z
    .string()
    .transform((folder) => folder.replaceAll(/^\/+|\/+$/g, ''))
    .default(''),
  CATALOGUE_REFRESH_SECONDS: seconds.default(3600),
  GITHUB_API_URL: httpUrl.default('https://api.github.com'),
  GITHUB_TOKEN: z.string().optional(),
  RESULTS_S3_URL: z
    .string()
    .superRefine((text, context) => {
      const place = readS3Place(text)
      if (typeof place === 'string') context.addIssue(place)
    })
    .optional(),
  RESULTS_CACHE_MB: z.coerce.number('must be a number').int().min(100).default(10_240),
  EMULATOR: z.enum(['on', 'off']).optional(),
  EMULATOR_PORT: port.default(8002),
  OUTBOUND_ALLOWED_NETWORKS: z.string().transform(list).pipe(z.array(network)).default([]),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address that begins with smtp:// or smtps://' })
    .optional(),
  SMTP_FROM: z.string().max(200).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .transform(list)
    .pipe(z.array(z.string().regex(/^[^=\s]+=/, 'must be pairs such as api-key=secret')))
    .default([]),
  OTEL_SERVICE_NAME: z.string().default('recomamp'),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** Reads the settings once; throws a SettingsFault that names every fault together. An empty variable counts as unset. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
  faults.push(...combinationFaults(given))
  if (!parsed.success || faults.length > 0) throw new SettingsFault(faults)
  const read = parsed.data
  return {
    config: {
      environment: read.ENVIRONMENT,
      role: read.ROLE,
      host: read.HOST,
      port: read.PORT,
      dataDir: resolve(read.DATA_DIR),
      database: read.DATABASE_URL === undefined ? 'embedded' : 'postgresql',
      databasePool: { size: read.DATABASE_POOL_SIZE, connectionLifeSeconds: read.DATABASE_CONNECTION_LIFE_SECONDS },
      databaseTls: read.DATABASE_TLS ?? null,
      publicUrl: read.PUBLIC_URL ?? null,
      webUrl: read.WEB_URL === read.PUBLIC_URL ? null : (read.WEB_URL ?? null),
      allowedOrigins: read.ALLOWED_ORIGINS,
      trustedProxies: read.TRUSTED_PROXIES,
      amazon:
        read.AMAZON_CLIENT_ID === undefined
          ? null
          : {
              clientId: read.AMAZON_CLIENT_ID,
              authorizeUrl: read.AMAZON_AUTHORIZE_URL ?? null,
              tokenUrl: read.AMAZON_TOKEN_URL ?? null,
              profileUrl: read.AMAZON_PROFILE_URL ?? null,
              adsApiUrl: read.AMAZON_ADS_API_URL ?? null,
            },
      emulator: {
        on: (read.EMULATOR ?? (read.ENVIRONMENT === 'development' ? 'on' : 'off')) === 'on',
        port: read.EMULATOR_PORT,
      },
      tokenRefreshIntervalMs: read.TOKEN_REFRESH_INTERVAL_SECONDS * 1000,
      tokenRefreshBufferMs: read.TOKEN_REFRESH_BUFFER_SECONDS * 1000,
      executionPollIntervalMs: read.EXECUTION_POLL_INTERVAL_SECONDS * 1000,
      executionSettleMs: read.EXECUTION_SETTLE_SECONDS * 1000,
      executionSlots: read.EXECUTION_SLOTS,
      executionSlotsPerAccount: read.EXECUTION_SLOTS_PER_ACCOUNT,
      catalogue: {
        repository: repositoryOf(read.CATALOGUE_REPOSITORY, read.CATALOGUE_REF, read.CATALOGUE_FOLDER),
        refreshIntervalMs: read.CATALOGUE_REFRESH_SECONDS * 1000,
        githubApiUrl: read.GITHUB_API_URL.replace(/\/+$/, ''),
      },
      outboundAllowedNetworks: read.OUTBOUND_ALLOWED_NETWORKS,
      mailFrom: read.SMTP_URL === undefined ? null : (read.SMTP_FROM ?? null),
      tracing:
        read.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
          ? null
          : { endpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, ''), serviceName: read.OTEL_SERVICE_NAME },
      resultsCacheBytes: read.RESULTS_CACHE_MB * 1024 * 1024,
      sharedCache: read.SHARED_CACHE === 'on',
      rateLimits: { perAddress: read.RATE_LIMIT_PER_MINUTE, signedIn: read.RATE_LIMIT_SIGNED_IN_PER_MINUTE },
      logLevel: read.LOG_LEVEL,
    },
    secrets: {
      jwtSecretKey: read.JWT_SECRET_KEY ?? null,
      fernetKeys: read.FERNET_KEY ?? null,
      databaseUrl: read.DATABASE_URL ?? null,
      databaseAdminUrl: read.DATABASE_ADMIN_URL ?? read.DATABASE_URL ?? null,
      redisUrl: read.REDIS_URL ?? null,
      amazonClientSecret: read.AMAZON_CLIENT_SECRET ?? null,
      githubToken: read.GITHUB_TOKEN ?? null,
      smtpUrl: read.SMTP_URL ?? null,
      tracingHeaders: Object.fromEntries(
        read.OTEL_EXPORTER_OTLP_HEADERS.map((pair) => [
          pair.slice(0, pair.indexOf('=')),
          pair.slice(pair.indexOf('=') + 1),
        ]),
      ),
      resultsS3Url: read.RESULTS_S3_URL ?? null,
      metricsToken: read.METRICS_TOKEN ?? null,
    },
  }
}

function repositoryOf(repository: string | undefined, ref: string, folder: string): CatalogueRepository | null {
  const [owner, name] = repository?.split('/') ?? []
  return owner === undefined || name === undefined ? null : { owner, name, ref, folder }
}

/** Faults that only several variables together show. */
function combinationFaults(given: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = []
  const production = given['ENVIRONMENT'] === 'production'
  if (production && given['JWT_SECRET_KEY'] === undefined)
    faults.push('JWT_SECRET_KEY must be set in production, for example from: openssl rand -base64 48')
  if (production && given['FERNET_KEY'] === undefined)
    faults.push('FERNET_KEY must be set in production: 32 random bytes in base64url')
  if (production && given['PUBLIC_URL'] === undefined)
    faults.push('PUBLIC_URL must be set in production: the address at which browsers reach this server')
  if ((given['AMAZON_CLIENT_ID'] === undefined) !== (given['AMAZON_CLIENT_SECRET'] === undefined))
    faults.push('AMAZON_CLIENT_ID and AMAZON_CLIENT_SECRET must be set together')
  if ((given['SMTP_URL'] === undefined) !== (given['SMTP_FROM'] === undefined))
    faults.push('SMTP_URL and SMTP_FROM must be set together')
  if (given['ROLE'] !== undefined && given['ROLE'] !== 'all' && given['DATABASE_URL'] === undefined)
    faults.push('ROLE other than all needs DATABASE_URL: the embedded database serves one process only')
  if (given['SHARED_CACHE'] === 'on' && given['REDIS_URL'] === undefined)
    faults.push('SHARED_CACHE=on needs REDIS_URL, where the processes share what they know')
  for (const name of ['DATABASE_URL', 'DATABASE_ADMIN_URL'])
    if (given['DATABASE_TLS'] === undefined && wantsPlainDatabase(given[name] ?? ''))
      faults.push(
        `${name} says sslmode=disable for a database on another machine: take it out, or set DATABASE_TLS=off where nobody else is on the network between them`,
      )
  if (production && given['PUBLIC_URL']?.startsWith('http://') === true && !isLoopbackUrl(given['PUBLIC_URL']))
    faults.push('PUBLIC_URL must begin with https:// in production')
  const [web, api] = [given['WEB_URL'] ?? '', given['PUBLIC_URL'] ?? '']
  if (web !== '' && api === '')
    faults.push('WEB_URL needs PUBLIC_URL, the address at which its pages reach this server')
  if (URL.canParse(web) && URL.canParse(api) && isOtherSite(new URL(web), new URL(api)))
    faults.push('WEB_URL must be of the same site as PUBLIC_URL: browsers send the cookie of the session nowhere else')
  return faults
}

/** Whether two addresses certainly are of different sites. What only the list of public suffixes can tell passes. */
function isOtherSite(one: URL, other: URL): boolean {
  const end = ({ hostname }: URL) => (isIP(hostname) === 0 ? hostname.split('.').slice(-2).join('.') : hostname)
  return one.protocol !== other.protocol || end(one) !== end(other)
}

/** Whether a host name, with or without a port, is this machine's own. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}

/** Whether an address of PostgreSQL leads to this machine: loopback, or a socket in the file system. */
export function isLocalDatabase(url: string): boolean {
  const { host, searchParams } = new URL(url)
  const named = searchParams.get('host') ?? decodeURIComponent(host)
  return named === '' || named.startsWith('/') || isLoopbackHost(named)
}

function wantsPlainDatabase(url: string): boolean {
  return URL.canParse(url) && new URL(url).searchParams.get('sslmode') === 'disable' && !isLocalDatabase(url)
}

function isLoopbackUrl(text: string): boolean {
  return URL.canParse(text) && isLoopbackHost(new URL(text).host)
}
