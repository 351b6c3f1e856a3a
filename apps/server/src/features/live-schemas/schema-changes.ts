import type { LiveTable, SchemaChange } from '@recomamp/contracts'

/** What is different between two readings of an instance, each list by name. */
export function changesBetween(before: readonly LiveTable[], after: readonly LiveTable[]): SchemaChange {
  const old = new Map(before.map((table) => [table.name, table]))
  const now = new Map(after.map((table) => [table.name, table]))
  return {
    tablesAdded: missingIn(old, now),
    tablesRemoved: missingIn(now, old),
    tablesChanged: [...now.values()]
      .flatMap((table) => {
        const earlier = old.get(table.name)
        return earlier === undefined ? [] : changeOf(earlier, table)
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function changeOf(before: LiveTable, after: LiveTable): SchemaChange['tablesChanged'] {
  const [old, now] = [columnsOf(before), columnsOf(after)]
  const [oldTags, tags] = [before, after].map((table) => new Map(table.tags.map(({ type }) => [type, type])))
  const change = {
    name: after.name,
    columnsAdded: missingIn(old, now),
    columnsRemoved: missingIn(now, old),
    columnsChanged: [...now].flatMap(([name, state]) => {
      const earlier = old.get(name)
      if (earlier === undefined || (earlier.type === state.type && earlier.role === state.role)) return []
      return [{ name, before: earlier, after: state }]
    }),
    tagsAdded: missingIn(oldTags, tags),
    tagsRemoved: missingIn(tags, oldTags),
  }
  const { name: _name, ...lists } = change
  return Object.values(lists).some((list) => list.length > 0) ? [change] : []
}

function columnsOf({ columns }: LiveTable) {
  return new Map(columns.map(({ name, type, role }) => [name, { type, role }]))
}

function missingIn(these: ReadonlyMap<string, unknown> | undefined, those: ReadonlyMap<string, unknown> | undefined) {
  return [...(those?.keys() ?? [])].filter((name) => these?.has(name) !== true).toSorted()
}
