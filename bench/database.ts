import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Figure } from './figure.ts'
import { freePort } from './processes.ts'

const adminUrl = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** Settings of a server on a database and folder of its own. */
export interface Place {
  /** As a superuser, whom policies do not bind. */
  databaseUrl: string
  port: number
  /** The key with which the server signs what it hands out. */
  key: string
  env: Record<string, string>
}

/** Measures on a new PostgreSQL database, which is dropped afterwards; without PostgreSQL the figure is not measured. */
export async function onPostgres(id: string, what: string, measure: (place: Place) => Promise<Figure[]>) {
  const admin = new Client({ connectionString: adminUrl })
  try {
    await admin.connect()
  } catch {
    const why = `needs PostgreSQL: set BENCH_DATABASE_URL`
    return [{ id, what, measured: why, target: '', verdict: 'not measured' as const }]
  }
  const name = `recomamp_bench_${randomBytes(4).toString('hex')}`
  await admin.query(makeRole)
  await admin.query(`create database ${name} owner ${role}`)
  const folder = mkdtempSync(join(tmpdir(), `bench-${id.toLowerCase()}-`))
  try {
    return await measure(await placeOf(adminUrl.replace(/\/[^/]*$/, `/${name}`), folder))
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As installations have it: the owner of its database and nothing more, so that the policies hold. */
const role = 'recomamp_bench'
const makeRole = `do $$ begin
  create role ${role} login password '${role}';
exception when duplicate_object or unique_violation then null;
end $$`

function asRole(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.username = url.password = role
  return url.toString()
}

async function placeOf(databaseUrl: string, folder: string): Promise<Place> {
  const key = randomBytes(32).toString('base64url')
  const port = await freePort()
  const env = {
    DATABASE_URL: asRole(databaseUrl),
    DATA_DIR: folder,
    PORT: String(port),
    EMULATOR_PORT: String(await freePort()),
    JWT_SECRET_KEY: key,
    FERNET_KEY: `${randomBytes(32).toString('base64url')}=`,
    RATE_LIMIT_PER_MINUTE: '100000000',
    RATE_LIMIT_SIGNED_IN_PER_MINUTE: '100000000',
  }
  return { databaseUrl, port, key, env }
}

/** Waits until somebody who has signed in has instances. */
export async function waitForInstances(client: Client): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { rows } = await client.query<{ count: string }>('select count(*) from amc_instances')
    if (Number(rows[0]?.count) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no instance was discovered within 10 s')
}
