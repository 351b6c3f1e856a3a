import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { loadCatalogue } from '@recomamp/amc-catalogue'
import { createSearchIndex } from '@recomamp/amc-catalogue/search'
import { getDataSource, getSchemaReading, listDataSources, listInstances, searchDataSources } from '@recomamp/contracts'
import { type Person, eventually, signInAt } from '@recomamp/testkit'
import { Client } from 'pg'
import { buildWeb } from '../scripts/build-web.ts'
import type { Asked } from './answer-times.ts'
import { onPostgres, type Place } from './database.ts'
import { atMost, type Figure, told } from './figure.ts'
import { measurePages } from './p11-pages.ts'
import { startUntil, stop } from './processes.ts'
import { milliseconds, percentile } from './timing.ts'

const root = join(import.meta.dirname, '..')
const uploadName = 'crm_members'
const rounds = 60
const typed = ['loyalty points', 'new_to_brand', 'mesure 42', 'campaign id', 'segmnt 7 score']

/** P11: data sources of an instance with an upload of 5,000 fields: the list, the upload itself and the search, over the API and as
 *  the index alone, which is what a page asks at each key. */
export async function measureDataSources(): Promise<Figure[]> {
  await buildWeb()
  return [...measureIndex(), ...(await onPostgres('P11', 'data sources with 5,000 uploaded fields', measureOn))]
}

const fieldNames = Array.from({ length: 5000 }, (_, at) => {
  const word = ['loyalty', 'segment', 'store', 'basket', 'visit', 'coupon'][at % 6] ?? ''
  return `${word}_${['points', 'score', 'measure', 'date', 'code'][at % 5] ?? ''}_${at}`
})

function measureIndex(): Figure[] {
  const upload = {
    name: uploadName,
    title: uploadName,
    description: 'Our members',
    category: 'Your uploads',
    tags: [],
    fields: fieldNames.map((name) => ({ name, description: `What ${name} holds` })),
  }
  let index = createSearchIndex([])
  const built = milliseconds(() => {
    index = createSearchIndex([...loadCatalogue().dataSources, upload])
  })
  const keys: number[] = []
  for (let round = 0; round < 6; round += 1)
    for (const text of typed)
      for (let length = 1; length <= text.length; length += 1) {
        const spent = milliseconds(() => index.search(text.slice(0, length)))
        if (round > 0) keys.push(spent)
      }
  return [
    told('P11', 'index over the catalogue and 5,000 fields, built', built, ' ms'),
    atMost('P11', 'one key in the search, p95', percentile(keys, 0.95), 16, ' ms'),
  ]
}

async function measureOn({ databaseUrl, port, env }: Place): Promise<Figure[]> {
  const app = await startUntil('ready ', process.execPath, [join(root, 'apps/server/src/main.ts')], { env })
  try {
    const url = `http://127.0.0.1:${port}`
    const ana = await signInAt(url, 'ana')
    const instance = await instanceWithUpload(ana, databaseUrl)
    const list = `${listDataSources.path}?limit=100&instance=${instance}`
    const detail = `${getDataSource.path.replace(':name', uploadName)}?instance=${instance}`
    const search = `${searchDataSources.path}?q=loyalty%20poi&instance=${instance}`
    const times = (path: string, count: number) =>
      timesOf({ url: url + path, accessToken: ana.accessToken, rounds: count })
    const first = await times(list, 1)
    return [
      told('P11', 'list, the first after the instance was read', first[0] ?? Number.NaN, ' ms'),
      atMost(
        'P11',
        'list of all data sources over the API, p95',
        percentile(await times(list, rounds), 0.95),
        100,
        ' ms',
      ),
      atMost(
        'P11',
        'the upload with 5,000 fields over the API, p95',
        percentile(await times(detail, rounds), 0.95),
        100,
        ' ms',
      ),
      atMost('P11', 'search over the API, p95', percentile(await times(search, rounds), 0.95), 50, ' ms'),
      ...(await measurePages({ url, ana, instance, upload: uploadName, usual: 'dsp_impressions', texts: typed })),
    ]
  } finally {
    await stop(app.process)
  }
}

/** An instance whose tables were read, with the upload among them. */
export async function instanceWithUpload(ana: Person, databaseUrl: string): Promise<string> {
  const instance = await eventually(async () => (await ana.call(listInstances, {})).items[0])
  const params = { instanceId: instance.id }
  await eventually(async () => (await ana.call(getSchemaReading, { params })).state === 'read')
  const columns = fieldNames.map((name) => ({
    name,
    description: `What ${name} holds`,
    role: 'dimension',
    type: 'STRING',
  }))
  const upload = [{ name: uploadName, description: 'Our members', uploaded: true, tags: [], columns }]
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    'update live_schemas set tables = tables || $1::jsonb, table_names = table_names || $2::jsonb, written_at = now()',
    [JSON.stringify(upload), JSON.stringify([uploadName])],
  )
  await client.end()
  return instance.id
}

/** Milliseconds of each answer, read to its end, in a thread with a heap of its own: what answers of a megabyte leave to be collected
 *  would else have the whole heap of the bench gone through again and again, for 80 ms each. */
async function timesOf(asked: Asked): Promise<number[]> {
  const thread = new Worker(new URL('answer-times.ts', import.meta.url), { workerData: asked })
  const [spent] = (await once(thread, 'message')) as [number[]]
  await thread.terminate()
  return spent
}
