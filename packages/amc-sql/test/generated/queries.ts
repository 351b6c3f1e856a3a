import type { Schema } from '../../src/index.ts'
import { chance, pick, type Choices } from './choices.ts'
import { anyKind, Expressions } from './expressions.ts'
import { relationOf, scopeOf, type Kind, type Relation, type Scope } from './scope.ts'

interface Column {
  name: string
  kind: Kind
}

/** A valid report over the tables of a schema, of any shape that AMC documents. */
export function generateQuery(choices: Choices, schema: Schema): string {
  return new Queries(choices, schema).report()
}

/** The users of a relation stay inside; what comes out of the whole is always aggregated over them. */
class Queries {
  readonly #c: Choices
  readonly #tables: readonly Relation[]
  #number = 0

  constructor(choices: Choices, schema: Schema) {
    this.#c = choices
    this.#tables = schema.tables.filter((table) => !table.audience).map(relationOf)
  }

  report(): string {
    const parts: string[] = []
    const known: Relation[] = []
    for (let at = this.#c.below(4); at > 0; at -= 1) {
      const { text, relation } = this.#part(known)
      parts.push(text)
      known.push(relation)
    }
    const branches = [this.#final(known, null)]
    const columns = branches[0]?.columns ?? []
    while (branches.length < 4 && chance(this.#c, 20)) branches.push(this.#final(known, columns))
    const joined = branches
      .map(({ text }, at) => (at === 0 ? text : `${pick(this.#c, ['UNION ALL', 'UNION', 'union distinct'])}\n${text}`))
      .join('\n')
    const order = chance(this.#c, 10)
      ? `\nORDER BY ${pick(this.#c, ['1', '1 DESC'])}${chance(this.#c, 50) ? ' LIMIT 5' : ''}`
      : ''
    const head = parts.length === 0 ? '' : `${pick(this.#c, ['WITH', 'with'])} ${parts.join(',\n')}\n`
    return `${head}${joined}${order}${chance(this.#c, 20) ? ';' : ''}`
  }

  #part(known: readonly Relation[]): { text: string; relation: Relation } {
    const name = this.#name('part')
    if (chance(this.#c, 15)) return this.#values(name)
    const made = pick(this.#c, [() => this.#perUser(known), () => this.#rows(known), () => this.#ranked(known)])()
    const listed = chance(this.#c, 25)
    const relation = { ...made.relation, name }
    if (!listed) return { text: `${name} AS (\n${made.text}\n)`, relation }
    const names = made.order.map((old) => `${old}_${this.#number}`)
    const renamed = new Map(made.order.map((old, at) => [old, names[at] ?? old]))
    return {
      text: `${name} (${names.join(', ')}) AS (\n${made.text}\n)`,
      relation: {
        ...relation,
        columns: relation.columns.map((column) => ({ ...column, name: renamed.get(column.name) ?? column.name })),
        user: relation.user === null ? null : (renamed.get(relation.user) ?? relation.user),
      },
    }
  }

  #values(name: string): { text: string; relation: Relation } {
    const two = chance(this.#c, 60)
    const rows = two ? `('a', 1), ('b', NULL), ('c', 3)` : pick(this.#c, [`('a'), ('b')`, `'a', 'b'`])
    const columns: Column[] = [{ name: `${name}_k`, kind: 'text' }]
    if (two) columns.push({ name: `${name}_n`, kind: 'whole' })
    return {
      text: `${name} (${columns.map((column) => column.name).join(', ')}) AS (VALUES ${rows})`,
      relation: { name, table: false, columns, user: null, grouped: true },
    }
  }

  /** One row per user: measures, flags, arrays. */
  #perUser(known: readonly Relation[]): Made {
    const from = this.#from(known, true)
    const e = new Expressions(this.#c, from.scope)
    const user = pick(this.#c, from.scope.users)
    const items = [`${user} AS u`]
    const columns: Column[] = []
    for (let at = 1 + this.#c.below(3); at > 0; at -= 1) {
      const { text, kind } = this.#aggregate(e, from.scope)
      const name = this.#name('m')
      items.push(`${text} ${pick(this.#c, ['AS ', 'as ', ''])}${name}`)
      columns.push({ name, kind })
    }
    const key = chance(this.#c, 40) ? { text: e.of('text', 2), name: this.#name('k') } : null
    if (key !== null) {
      items.push(`${key.text} AS ${key.name}`)
      columns.push({ name: key.name, kind: 'text' })
    }
    const keys = pick(this.#c, [
      [user, ...(key === null ? [] : [key.text])],
      ['1', ...(key === null ? [] : [String(items.length)])],
      ['u', ...(key === null ? [] : [key.name])],
    ])
    const having = chance(this.#c, 20) ? `\nHAVING ${this.#aggregate(e, from.scope, ['whole']).text} > 0` : ''
    const text = `SELECT ${items.join(', ')}\nFROM ${from.text}${this.#where(e, user)}\nGROUP BY ${keys.join(', ')}${having}`
    return {
      text,
      order: ['u', ...columns.map((column) => column.name)],
      relation: { ...noName, columns, user: 'u', grouped: true },
    }
  }

  /** Event rows as they are, with computed columns, DISTINCT or exploded arrays. */
  #rows(known: readonly Relation[]): Made {
    const from = this.#from(known, true)
    const e = new Expressions(this.#c, from.scope)
    const user = pick(this.#c, from.scope.users)
    const columns: Column[] = []
    const items = [`${user} AS u`]
    for (let at = 1 + this.#c.below(3); at > 0; at -= 1) {
      const kind = anyKind(this.#c)
      const name = this.#name('c')
      items.push(`${e.of(kind, 2)} AS ${name}`)
      columns.push({ name, kind })
    }
    if (chance(this.#c, 20)) {
      const name = this.#name('x')
      items.push(`EXPLODE(${e.of('texts', 1)}) AS ${name}`)
      columns.push({ name, kind: 'text' })
    }
    const distinct = chance(this.#c, 25) ? 'DISTINCT ' : ''
    const text = `SELECT ${distinct}${items.join(', ')}\nFROM ${from.text}${this.#where(e, user)}`
    return {
      text,
      order: ['u', ...columns.map((column) => column.name)],
      relation: { ...noName, columns, user: 'u', grouped: false },
    }
  }

  /** Rows with numbers and windows, named or written out. */
  #ranked(known: readonly Relation[]): Made {
    const from = this.#from(known, true)
    const e = new Expressions(this.#c, from.scope)
    const user = pick(this.#c, from.scope.users)
    const order = e.column('time') ?? e.column('date') ?? e.of('text', 1)
    const direction = pick(this.#c, ['', ' ASC', ' DESC', ' DESC NULLS LAST'])
    const ranking = pick(this.#c, ['ROW_NUMBER', 'RANK', 'DENSE_RANK'])
    const named = chance(this.#c, 35)
    const window = `PARTITION BY ${user} ORDER BY ${order}${direction}`
    const [rank, sum, label] = [this.#name('rk'), this.#name('s'), this.#name('l')]
    const text =
      `SELECT ${user} AS u, ${e.of('text', 2)} AS ${label}, ${ranking}() OVER ${named ? 'w' : `(${window})`} AS ${rank}, ` +
      `${pick(this.#c, ['SUM', 'AVG', 'MAX', 'COUNT'])}(${e.of('whole', 1)}) OVER (PARTITION BY ${user}) AS ${sum}\n` +
      `FROM ${from.text}${this.#where(e, user)}${named ? `\nWINDOW w AS (${window})` : ''}`
    const columns: Column[] = [
      { name: label, kind: 'text' },
      { name: rank, kind: 'whole' },
      { name: sum, kind: 'number' },
    ]
    return { text, order: ['u', label, rank, sum], relation: { ...noName, columns, user: 'u', grouped: false } }
  }

  /** What comes out: aggregates over users, by keys that may be shown. */
  #final(known: readonly Relation[], like: readonly Kind[] | null): { text: string; columns: readonly Kind[] } {
    if (like === null && chance(this.#c, 3)) return { text: `SELECT ${literalRow}`, columns: ['whole', 'text'] }
    const from = this.#from(known, false)
    const e = new Expressions(this.#c, from.scope)
    const kinds =
      like ??
      Array.from({ length: 1 + this.#c.below(4) }, (_, at): Kind =>
        at === 0 ? 'whole' : pick(this.#c, ['text', 'whole', 'number', 'date', 'truth']),
      )
    const keys: string[] = []
    const items = kinds.map((kind, at) => {
      const name = `o${at}`
      if (at === 0 || chance(this.#c, 55)) {
        const made = this.#aggregate(e, from.scope, at === 0 ? ['whole'] : [kind])
        return `${made.text} AS ${name}`
      }
      const text = e.of(kind, 2)
      // A bare number is a position, and a text literal or a constant groups by nothing.
      keys.push(
        pick(this.#c, [String(at + 1), /^[a-z_.0-9]+$/i.test(text) && !/^[\d.]/.test(text) ? text : name, name]),
      )
      return `${text} AS ${name}`
    })
    const group = keys.length === 0 ? '' : `\nGROUP BY ${keys.join(', ')}`
    const having =
      keys.length > 0 && chance(this.#c, 20) ? `\nHAVING ${pick(this.#c, ['o0 > 0', 'COUNT(*) >= 1'])}` : ''
    const distinct = chance(this.#c, 8) ? 'DISTINCT ' : ''
    const where = chance(this.#c, 50) ? `\nWHERE ${this.#condition(e, from.scope)}` : ''
    return { text: `SELECT ${distinct}${items.join(', ')}\nFROM ${from.text}${where}${group}${having}`, columns: kinds }
  }

  #aggregate(
    e: Expressions,
    scope: Scope,
    kinds: readonly Kind[] = ['whole', 'number', 'text', 'date', 'texts'],
  ): { text: string; kind: Kind } {
    const kind = pick(this.#c, kinds)
    const user = scope.users.length === 0 ? null : pick(this.#c, scope.users)
    switch (kind) {
      case 'whole':
        return {
          kind,
          text: pick<() => string>(this.#c, [
            () => `SUM(${e.of('whole', 2)})`,
            () => 'COUNT(*)',
            () => `COUNT(${e.of(anyKind(this.#c), 1)})`,
            () => `COUNT(DISTINCT ${user ?? e.of('text', 1)})`,
            () => `count(distinct ${e.of('text', 1)})`,
            () => (user === null ? 'COUNT(1)' : `COUNT(DISTINCT CASE WHEN ${e.of('truth', 1)} THEN ${user} END)`),
            () => `SUM(IF(${e.of('truth', 1)}, 1, 0))`,
            () => `COALESCE(SUM(CASE WHEN ${e.of('truth', 1)} THEN 1 END), 0)`,
          ])(),
        }
      case 'number':
        return {
          kind,
          text: pick<() => string>(this.#c, [
            () => `AVG(${e.of('whole', 1)})`,
            () => `SUM(${this.#amount(e)}) / 100000.0`,
            () => `SUM(${this.#amount(e)}) * 1.0 / NULLIF(COUNT(*), 0)`,
            () => `ROUND(AVG(${this.#amount(e)}), 2)`,
            () => `MEDIAN(${this.#amount(e)})`,
            () => `PERCENTILE(${this.#amount(e)}, 0.9)`,
            () => `STDDEV(${this.#amount(e)})`,
            () => `MAX(${this.#amount(e)}) - MIN(${this.#amount(e)})`,
          ])(),
        }
      case 'texts':
        return { kind, text: `ARRAY_SORT(COLLECT(DISTINCT ${e.column('text') ?? "'a'"}))` }
      case 'truth':
        return { kind, text: pick(this.#c, [`COUNT(*) > 1`, `MAX(${e.of('whole', 1)}) IS NOT NULL`]) }
      default:
        return { kind, text: `${pick(this.#c, ['MIN', 'MAX'])}(${e.of(kind, 2)})` }
    }
  }

  /** A measure whose sums stay in range. */
  #amount(e: Expressions): string {
    return e.column('number') ?? e.column('whole') ?? '1'
  }

  #where(e: Expressions, user: string): string {
    const conditions = [`${user} IS NOT NULL`, ...(chance(this.#c, 50) ? [e.truth(2)] : [])]
    return `\nWHERE ${conditions.join(' AND ')}`
  }

  #condition(e: Expressions, scope: Scope): string {
    const table = pick(
      this.#c,
      this.#tables.filter((one) => one.user !== null),
    )
    if (scope.users.length > 0 && chance(this.#c, 20))
      return `${pick(this.#c, scope.users)} IN (SELECT user_id FROM ${table.name} WHERE user_id IS NOT NULL)`
    if (chance(this.#c, 10)) {
      const column = table.columns.find(({ kind }) => kind === 'text')
      if (column !== undefined)
        return `${e.of('text', 1)} NOT IN (SELECT ${column.name} FROM ${table.name} WHERE ${column.name} IS NOT NULL)`
    }
    return e.truth(2)
  }

  /** FROM with one or two members; a part of a query about users has a user id in it. */
  #from(known: readonly Relation[], ofUsers: boolean): { text: string; scope: Scope } {
    const first = this.#member(known, ofUsers)
    if (chance(this.#c, 60)) {
      const named = first.nameless || chance(this.#c, 50)
      const text = named ? `${first.text} ${pick(this.#c, ['AS ', ''])}${first.alias}` : first.text
      return { text, scope: scopeOf([first], named) }
    }
    const second = this.#member(known, false)
    const scope = scopeOf([first, second], true)
    const [a, b] = [`${first.text} ${first.alias}`, `${second.text} AS ${second.alias}`]
    const condition = this.#joinCondition(first, second)
    if (condition === null) return { text: pick(this.#c, [`${a} CROSS JOIN ${b}`, `${a}, ${b}`]), scope }
    const word = pick(this.#c, ['JOIN', 'INNER JOIN', 'LEFT JOIN', 'left outer join', 'FULL OUTER JOIN', 'FULL JOIN'])
    const shared =
      first.relation.user !== null && first.relation.user === second.relation.user ? first.relation.user : null
    if (shared !== null && chance(this.#c, 20)) {
      // The columns of USING belong to neither side.
      const rest = { ...scope, users: [shared] }
      return { text: `${a} ${word} ${b} USING (${shared})`, scope: rest }
    }
    return { text: `${a} ${word} ${b} ON ${condition}`, scope }
  }

  #joinCondition(first: Member, second: Member): string | null {
    const [a, b] = [first, second].map(({ relation, alias }) =>
      relation.user === null ? null : `${alias}.${relation.user}`,
    )
    if (a != null && b != null)
      return chance(this.#c, 30) ? `${a} = ${b} AND ${this.#textPair(first, second)}` : `${a} = ${b}`
    return chance(this.#c, 70) ? this.#textPair(first, second) : null
  }

  #textPair(first: Member, second: Member): string {
    const [a, b] = [first, second].map((member) => new Expressions(this.#c, scopeOf([member], true)).of('text', 1))
    return `${a ?? ''} ${pick(this.#c, ['=', '=', '<>', '<'])} ${b ?? ''}`
  }

  #member(known: readonly Relation[], ofUsers: boolean): Member {
    const parts = known.filter(({ user }) => !ofUsers || user !== null)
    const alias = this.#name('t')
    if (parts.length > 0 && chance(this.#c, 60)) {
      const relation = pick(this.#c, parts)
      return { relation, alias, text: relation.name, nameless: false }
    }
    const relation = pick(
      this.#c,
      this.#tables.filter(({ user }) => !ofUsers || user !== null),
    )
    const few = { ...relation, columns: this.#some(relation.columns) }
    if (chance(this.#c, 15)) {
      const call = `EXTEND_TIME_WINDOW('${relation.name}', '${pick(this.#c, ['P7D', 'P28D', 'P1M', 'P0D'])}', 'P0D')`
      return { relation: few, alias, text: chance(this.#c, 70) ? `TABLE(${call})` : call, nameless: false }
    }
    if (chance(this.#c, 10)) {
      const names = [...few.columns.map(({ name }) => name), ...(few.user === null ? [] : [few.user])]
      return { relation: few, alias, text: `(SELECT ${names.join(', ')} FROM ${relation.name})`, nameless: true }
    }
    return {
      relation: few,
      alias,
      text: chance(this.#c, 20) ? relation.name.toUpperCase() : relation.name,
      nameless: false,
    }
  }

  #some(columns: readonly Column[]): Column[] {
    return Array.from({ length: 8 }, () => pick(this.#c, columns)).filter(
      ({ name }, at, all) => all.findIndex((one) => one.name === name) === at,
    )
  }

  #name(stem: string): string {
    this.#number += 1
    return `${stem}${this.#number}`
  }
}

interface Made {
  text: string
  /** The names of its columns in order, the user first. */
  order: string[]
  relation: Relation
}

interface Member {
  relation: Relation
  alias: string
  text: string
  /** A query in parentheses, whose columns need its alias in a join. */
  nameless: boolean
}

const noName = { name: '', table: false }
const literalRow = `1 AS o0, 'a' AS o1`
