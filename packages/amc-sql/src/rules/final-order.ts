import type { Rule } from './rule.ts'

/** Amazon lists ORDER BY and LIMIT as unsupported, while others report that they work. */
export const finalOrder: Rule = {
  code: 'AMC022',
  severity: 'warning',
  check({ query, resolution }, report) {
    for (const { node } of resolution.queries.values()) {
      const main = node === query
      const [first, last] = [node.orderBy[0], node.orderBy.at(-1)]
      if (first !== undefined && last !== undefined && (main || node.limit === null))
        report(
          { from: first.from, to: last.to },
          main
            ? { severity: 'warning', message: 'AMC may ignore or refuse ORDER BY', help: 'Sort the result instead' }
            : { severity: 'warning', message: 'ORDER BY inside a query has no effect', help: 'Leave it out' },
        )
      for (const limit of [node.limit, node.offset])
        if (limit !== null)
          report(limit, {
            severity: 'warning',
            message: 'AMC may ignore or refuse LIMIT and OFFSET',
            help: 'Rank in a WITH part and filter by the rank',
          })
    }
  },
}
