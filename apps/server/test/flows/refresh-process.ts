import { createInterface } from 'node:readline'
import { readSettings } from '#config.ts'
import { ConnectionId } from '@recomamp/contracts'
import { createProviders } from '#features/sign-in/providers.ts'
import { createTokenBroker } from '#features/sign-in/token-broker.ts'
import { openPostgresql } from '#platform/db/postgresql.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { createLog } from '#platform/log/log.ts'
import { createMetrics } from '#platform/metrics/metrics.ts'

/** One of many processes that want a token of the same connection at the same moment: waits for a line, then asks ten times over. */
const log = createLog('silent')
const { config, secrets } = readSettings(process.env)
const { databaseUrl, fernetKeys } = secrets
if (databaseUrl === null || fernetKeys === null) throw new Error('DATABASE_URL and FERNET_KEY must be set')
const database = openPostgresql(databaseUrl, databaseUrl, log, { size: 2, connectionLifeSeconds: 60 })
const sandbox = JSON.parse(process.env['TEST_SANDBOX'] ?? '') as Parameters<typeof createProviders>[2]
const providers = createProviders(config, { ...secrets, jwtSecretKey: '', fernetKeys }, sandbox)
const now = () => new Date(Date.now() + Number(process.env['TEST_CLOCK_AHEAD_MS']))
const broker = createTokenBroker({ db: database.db, fernetKeys, providers, log, metrics: createMetrics(), now })
const connectionId = ConnectionId.parse(process.env['TEST_CONNECTION'])

process.stdout.write('ready\n')
for await (const _ of createInterface(process.stdin)) break
const tokens = await acrossWorkspaces(() => Promise.all(Array.from({ length: 10 }, () => broker.current(connectionId))))
process.stdout.write(`${JSON.stringify([...new Set(tokens)])}\n`)
await database.close()
