import { type Catalogue, loadCatalogue } from '@recomamp/amc-catalogue'
import * as api from '@recomamp/contracts'
import { usualKind, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'
import { currentCatalogue, importCatalogue } from '#features/catalogue/index.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'

const shipped = loadCatalogue()
const none = { added: 0, changed: 0, removed: 0 }

/** One table fewer, another in other words, a third with a field fewer, an analysis fewer. */
function another(): Catalogue {
  const dataSources = shipped.dataSources.flatMap((source) => {
    if (source.name === 'foursquare_visits') return []
    if (source.name === 'dsp_clicks') return [{ ...source, description: 'In other words', category: 'Clicks' }]
    return [source.name === 'dsp_views' ? { ...source, fields: source.fields.slice(0, -1) } : source]
  })
  return { ...shipped, dataSources, templates: shipped.templates.slice(1) }
}

describe.each(usualKind)('the catalogue on %s', (database) => {
  test('S-058, S-070: what ships is in the database; an import writes what differs, once, and the API goes by it', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { db, now } = world.server().ctx
    const importInto = (catalogue: Catalogue, origin: api.CatalogueOrigin) =>
      acrossWorkspaces(() => importCatalogue(world.server().ctx.db, catalogue, origin, now()))
    const state = await ana.call(api.getCatalogue, {})
    expect(state).toMatchObject({ origin: { kind: 'shipped' }, repository: null, counts: { sources: 42 } })
    expect(state.counts.templates).toBe(shipped.templates.length)

    await expect(ana.call(api.refreshCatalogue, {})).rejects.toMatchObject({ type: 'no-catalogue-repository' })

    const origin = { kind: 'file' as const, path: '/catalogues/ours' }
    const changed = await importInto(another(), origin)
    expect(changed).toEqual({
      sources: { added: 0, changed: expect.any(Number), removed: 1 },
      fields: { added: 0, changed: 0, removed: 1 },
      examples: none,
      relationships: none,
    })
    expect((await currentCatalogue(db)).catalogue).toEqual(another())
    const clicks = await ana.call(api.getDataSource, { params: { name: 'dsp_clicks' } })
    expect(clicks).toMatchObject({ description: 'In other words', category: 'Clicks' })
    expect((await ana.call(api.listDataSources, {})).total).toBe(41)
    expect((await ana.call(api.listDataSourceCategories, {})).items).toContainEqual({ name: 'Clicks', sources: 1 })
    expect((await ana.call(api.listQueryTemplates, {})).total).toBe(shipped.templates.length - 1)
    const again = await importInto(another(), origin)
    expect(again).toEqual({ sources: none, fields: none, examples: none, relationships: none })
    const after = await ana.call(api.getCatalogue, {})
    expect(after).toMatchObject({ origin, counts: { sources: 41 } })

    // A restart leaves it as it is.
    await world.restart()
    ana.baseUrl = world.url()
    await ana.renew()
    expect((await ana.call(api.getCatalogue, {})).importedAt).toBe(after.importedAt)
    await importInto(shipped, { kind: 'shipped', version: '0' })
    expect((await ana.call(api.listDataSources, {})).total).toBe(42)
  })
})
