import { InstanceId, TemplateId } from '@recomamp/contracts'
import { beforeAll, beforeEach, expect, test } from 'vitest'

const instanceId = InstanceId.parse('0b0e7a52-6d0b-4d6e-9d0e-000000000001')
const templateId = TemplateId.parse('time-between-purchases')

beforeAll(() => {
  // The client of the browser looks at its address when it is loaded.
  Object.defineProperty(globalThis, 'location', { value: { pathname: '/' }, configurable: true })
})
beforeEach(async () => {
  const { queryClient } = await import('#platform/query-client.ts')
  queryClient.clear()
})

async function templatesInCache() {
  const { queryClient } = await import('#platform/query-client.ts')
  const { templateQueries } = await import('#features/templates/templates.queries.ts')
  const keys = {
    list: templateQueries.list({ instance: instanceId }).queryKey,
    detail: templateQueries.detail(templateId, instanceId).queryKey,
    example: templateQueries.example(templateId).queryKey,
  }
  for (const key of Object.values(keys)) queryClient.setQueryData([...key], {})
  return () =>
    Object.entries(keys).flatMap(([name, key]) => (queryClient.getQueryState([...key])?.isInvalidated ? [name] : []))
}

test('templates that waited for the tables of an instance are read again when the tables are there', async () => {
  const { applyEvent } = await import('./live-updates.ts')
  const stale = await templatesInCache()
  applyEvent({ type: 'schema-read', instanceId })
  expect(stale()).toEqual(['list', 'detail'])
})

test('tables that were read before the stream stood are not missed', async () => {
  const { catchUp } = await import('./live-updates.ts')
  const stale = await templatesInCache()
  catchUp()
  expect(stale()).toEqual(['list', 'detail'])
})
