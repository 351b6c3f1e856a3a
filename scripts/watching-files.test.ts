import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMetrics } from '../apps/server/src/platform/metrics/metrics.ts'

const root = join(import.meta.dirname, '..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const files = ['deploy/grafana/recomamp.json', 'deploy/prometheus/alerts.yaml']

/** Every series that Prometheus can know of: a histogram has three. */
async function known(): Promise<Map<string, ReadonlySet<string>>> {
  const series = new Map<string, ReadonlySet<string>>()
  const { registry } = createMetrics()
  const types = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]))
  for (const metric of registry.getMetricsAsArray()) {
    const labels = new Set('labelNames' in metric ? (metric.labelNames as string[]) : [])
    const { name } = metric
    if (types.get(name) !== 'histogram') series.set(name, labels)
    else for (const end of ['_bucket', '_count', '_sum']) series.set(`${name}${end}`, new Set([...labels, 'le']))
  }
  return series
}

test.each(files)('%s names only metrics and labels that exist', async (path) => {
  const series = await known()
  const used = [...text(path).matchAll(/\b(recomamp_[a-z_0-9]+)(?:\{([^}]*)\})?/g)]
  expect(used.length).toBeGreaterThan(10)
  const wrong = used.flatMap(([, name = '', selectors = '']) => {
    const labels = series.get(name)
    if (labels === undefined) return [name]
    const named = [...selectors.matchAll(/(\w+)\s*[=!]~?/g)].map(([, label = '']) => label)
    return named.filter((label) => !labels.has(label)).map((label) => `${name}{${label}}`)
  })
  expect(wrong).toEqual([])
})

test('every metric is on the dashboard or in the rules, and every one and every alert in the docs', async () => {
  const all = files.map(text).join('\n')
  const docs = text('docs/operations.md')
  const names = createMetrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
  expect(names.filter((name) => !all.includes(name))).toEqual([])
  const short = (name: string) => name.replace('recomamp_database', '')
  expect(names.filter((name) => !docs.includes(name) && !docs.includes(short(name)))).toEqual([])
  const alerts = [...text('deploy/prometheus/alerts.yaml').matchAll(/alert: (\w+)/g)].map(([, name = '']) => name)
  expect(alerts.filter((name) => !docs.includes(name))).toEqual([])
})

test('the dashboard is one that Grafana reads: each panel has a place, a name and a question', () => {
  const { panels } = JSON.parse(text('deploy/grafana/recomamp.json')) as {
    panels: { title: string; gridPos: object; targets: { expr: string }[] }[]
  }
  expect(
    panels.filter(({ title, gridPos, targets }) => title === '' || !('x' in gridPos) || targets.length === 0),
  ).toEqual([])
})
