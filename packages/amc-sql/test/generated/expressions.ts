import { chance, pick, type Choices } from './choices.ts'
import type { Kind, Scope } from './scope.ts'

/** Expressions of a kind over a scope; `depth` bounds how deep they nest. */
export class Expressions {
  readonly #c: Choices
  readonly #scope: Scope

  constructor(choices: Choices, scope: Scope) {
    this.#c = choices
    this.#scope = scope
  }

  of(kind: Kind, depth: number): string {
    if (depth <= 0 || chance(this.#c, 35)) return this.#leaf(kind)
    switch (kind) {
      case 'text':
        return this.#text(depth - 1)
      case 'whole':
        return this.#whole(depth - 1)
      case 'number':
        return this.#number(depth - 1)
      case 'truth':
        return this.truth(depth - 1)
      case 'date':
        return this.#date(depth - 1)
      case 'time':
        return this.#time(depth - 1)
      case 'texts':
        return this.#texts(depth - 1)
    }
  }

  /** An expression that an ORDER BY or a GROUP BY can take: it names a column. */
  column(kind: Kind): string | null {
    const fitting = this.#scope.columns.filter((column) => column.kind === kind)
    return fitting.length === 0 ? null : pick(this.#c, fitting).text
  }

  #leaf(kind: Kind): string {
    const column = chance(this.#c, 75) ? this.column(kind) : null
    return column ?? literal(this.#c, kind)
  }

  #text(d: number): string {
    const text = () => this.of('text', d)
    return pick<() => string>(this.#c, [
      () => `UPPER(${text()})`,
      () => `lower(${text()})`,
      () => `TRIM(${text()})`,
      () => `TRIM(BOTH 'a' FROM ${text()})`,
      () => `SUBSTRING(${text()}, ${this.#small()}, ${this.#small()})`,
      () => `SUBSTRING(${text()} FROM ${this.#small()})`,
      () =>
        `CONCAT(${text()}, '-', ${this.of(pick(this.#c, ['whole', 'number', 'date', 'time', 'truth'] as const), d)})`,
      () => `${text()} || ${text()}`,
      () => `REPLACE(${text()}, 'a', ${text()})`,
      () => `LEFT(${text()}, ${this.#small()})`,
      () => `COALESCE(${text()}, ${text()}, 'none')`,
      () => `NULLIF(${text()}, ${text()})`,
      () => `IF(${this.of('truth', d)}, ${text()}, ${text()})`,
      () => this.#case('text', d),
      () =>
        `CAST(${this.of(pick(this.#c, ['whole', 'number', 'date', 'time'] as const), d)} AS ${pick(this.#c, ['CHAR', 'VARCHAR', 'STRING'])})`,
      () => `REGEXP_REPLACE(${text()}, '[0-9]+', '#')`,
      () => `REGEXP_SUBSTR(${text()}, '[a-z]+')`,
      () => `MD5(${text()})`,
      () => `ARRAY_TO_STRING(${this.of('texts', d)}, ', ')`,
      () => `NVL2(${text()}, ${text()}, ${text()})`,
      () => `RTRIM(LTRIM(${text()}))`,
    ])()
  }

  #whole(d: number): string {
    const whole = () => this.of('whole', d)
    const time = () => this.#when(d)
    return pick<() => string>(this.#c, [
      () => `LENGTH(${this.of('text', d)})`,
      () => `(${whole()} ${pick(this.#c, ['+', '-'])} ${whole()})`,
      () => `${whole()} * ${this.#small()}`,
      () => `MOD(${whole()}, ${this.#small()})`,
      () => `${whole()} % NULLIF(${whole()}, 0)`,
      () =>
        `CAST(${this.of(pick(this.#c, ['number', 'text', 'truth'] as const), d)} AS ${pick(this.#c, ['INT', 'INTEGER', 'BIGINT', 'LONG', 'SMALLINT', 'TINYINT'])})`,
      () =>
        `EXTRACT(${pick(this.#c, ['YEAR', 'month', 'DAY', 'HOUR', 'DOW', 'WEEK', 'QUARTER', 'MINUTE'])} FROM ${time()})`,
      () => `${pick(this.#c, ['DAYOFWEEK', 'DAYOFMONTH', 'HOUR', 'MONTH', 'YEAR', 'WEEK'])}(${time()})`,
      () => `SECONDS_BETWEEN(${time()}, ${time()})`,
      () => `CARDINALITY(${this.of('texts', d)})`,
      () => `POSITION('a' IN ${this.of('text', d)})`,
      () => `INSTR(${this.of('text', d)}, 'a')`,
      () => `ABS(${whole()})`,
      () => `COALESCE(${whole()}, 0)`,
      () => `- ${whole()}`,
      () => `IF(${this.of('truth', d)}, 1, 0)`,
      () => this.#case('whole', d),
      () => `GREATEST(${whole()}, ${whole()}, 1)`,
    ])()
  }

  #number(d: number): string {
    const number = () => this.of(pick(this.#c, ['number', 'whole'] as const), d)
    return pick<() => string>(this.#c, [
      () => `${number()} / NULLIF(${number()}, 0)`,
      () => `${number()} / 100000000`,
      () => `ROUND(${number()}, ${this.#small()})`,
      () => `ROUND(${number()})`,
      () => `${pick(this.#c, ['CEIL', 'FLOOR', 'TRUNC', 'CEILING', 'ABS'])}(${number()})`,
      () => `(${number()} ${pick(this.#c, ['+', '-', '*'])} ${number()})`,
      () =>
        `CAST(${number()} AS ${pick(this.#c, ['DOUBLE', 'DECIMAL(18, 2)', 'DECIMAL', 'FLOAT', 'REAL', 'NUMERIC(20, 4)'])})`,
      () => `COALESCE(${number()}, 0.0)`,
      () => `LEAST(${number()}, ${number()})`,
      () => `SQRT(${number()})`,
      () => `LN(${number()})`,
      () => `LOG10(${number()})`,
      () => `POWER(${this.#small()}, 2)`,
      () => `NULLIF(${number()}, 0)`,
      () => this.#case('number', d),
      () => `IF(${this.of('truth', d)}, ${number()}, 0)`,
      () => `${this.of('text', d)} + 1`,
    ])()
  }

  /** A condition. */
  truth(d: number): string {
    const truth = () => this.of('truth', d)
    const negated = chance(this.#c, 30) ? 'NOT ' : ''
    return pick<() => string>(this.#c, [
      () => `(${truth()} ${pick(this.#c, ['AND', 'OR'])} ${truth()})`,
      () => `NOT ${truth()}`,
      () => this.#comparison(d),
      () => this.#comparison(d),
      () => `${this.of('text', d)} ${negated}LIKE ${pick(this.#c, ["'%a%'", "'a_%'", "'%'"])}`,
      () => `${this.of('text', d)} ${negated}SIMILAR TO ${pick(this.#c, ["'^a'", "'(?i)b|c'", "'[0-9]+$'"])}`,
      () => `${this.of('text', d)} ${negated}IN ('a', 'b', 'it''s')`,
      () => `${this.of('whole', d)} ${negated}IN (1, 2, ${this.of('whole', d)})`,
      () => `${this.of('whole', d)} ${negated}IN ('1', 2)`,
      () => `${this.of('number', d)} ${negated}BETWEEN ${this.of('whole', d)} AND ${this.of('number', d)}`,
      () => `${this.of('date', d)} ${negated}BETWEEN '2026-05-01' AND ${this.#when(d)}`,
      () => `${this.of(anyKind(this.#c), d)} IS ${negated}NULL`,
      () => `${truth()} IS ${negated}${pick(this.#c, ['TRUE', 'FALSE'])}`,
      () => `ARRAY_CONTAINS(${this.of('texts', d)}, ${this.of('text', d)})`,
      () => `CONTAINED_IN(${this.of('text', d)}, 'a', 'b')`,
      () => `CASE WHEN ${truth()} THEN ${truth()} ELSE FALSE END`,
    ])()
  }

  #comparison(d: number): string {
    const operator = pick(this.#c, ['=', '<>', '!=', '<', '<=', '>', '>='])
    const [left, right] = pick<readonly [() => string, () => string]>(this.#c, [
      [() => this.of('text', d), () => this.of('text', d)],
      [() => this.of('whole', d), () => this.of('number', d)],
      [() => this.of('whole', d), () => `'${this.#small()}'`],
      [() => this.of('text', d), () => this.#small()],
      [() => this.of('date', d), () => this.of('time', d)],
      [() => this.of('time', d), () => "'2026-05-02 03:04:05'"],
      [() => this.of('date', d), () => "'2026-05-02'"],
      [() => this.of('truth', d), () => pick(this.#c, ['TRUE', '1', "'true'"])],
    ])
    return `${left()} ${operator} ${right()}`
  }

  #date(d: number): string {
    return pick<() => string>(this.#c, [
      () => `CAST(${this.of('time', d)} AS DATE)`,
      () => `${this.of('date', d)} - INTERVAL '${this.#small()}' DAY`,
      () => `COALESCE(${this.of('date', d)}, CURRENT_DATE)`,
      () => `CAST(BUILT_IN_PARAMETER('TIME_WINDOW_END') AS DATE)`,
      () => `CONVERT_TIME_ZONE_FROM_UTC(${this.of('date', d)}, 'Europe/Berlin')`,
      () => `LEAST(${this.of('date', d)}, ${this.of('date', d)})`,
      () => this.#case('date', d),
    ])()
  }

  #time(d: number): string {
    return pick<() => string>(this.#c, [
      () => `DATE_TRUNC('${pick(this.#c, ['day', 'WEEK', 'month', 'HOUR', 'quarter', 'YEAR'])}', ${this.#when(d)})`,
      () => `CAST(${this.of('date', d)} AS TIMESTAMP)`,
      () => `${this.of('time', d)} + INTERVAL '${this.#small()}' ${pick(this.#c, ['HOUR', 'MINUTE', 'DAY', 'MONTH'])}`,
      () => `CONVERT_TIME_ZONE_FROM_UTC(${this.of('time', d)}, 'America/New_York')`,
      () => `BUILT_IN_PARAMETER('TIME_WINDOW_START')`,
      () => `IF(${this.of('truth', d)}, ${this.of('time', d)}, NULL)`,
      () => this.#case('time', d),
    ])()
  }

  #texts(d: number): string {
    const texts = () => this.of('texts', d)
    return pick<() => string>(this.#c, [
      () => `ARRAY[${this.of('text', d)}, ${this.of('text', d)}]`,
      () =>
        `${pick(this.#c, ['ARRAY_CAT', 'ARRAY_UNION', 'ARRAY_INTERSECT', 'ARRAY_COMPLEMENT'])}(${texts()}, ${texts()})`,
      () => `${pick(this.#c, ['ARRAY_SORT', 'ARRAY_DISTINCT'])}(${texts()})`,
      () => `ARRAY_REMOVE(${texts()}, ${this.of('text', d)})`,
      () => `REGEXP_SPLIT(${this.of('text', d)}, '[ _]')`,
    ])()
  }

  #when(d: number): string {
    return this.of(pick(this.#c, ['date', 'time'] as const), d)
  }

  #case(kind: Kind, d: number): string {
    if (chance(this.#c, 40))
      return `CASE ${this.of('text', d)} WHEN 'a' THEN ${this.of(kind, d)} WHEN 'b' THEN ${this.of(kind, d)} END`
    const otherwise = chance(this.#c, 70) ? ` ELSE ${chance(this.#c, 15) ? 'NULL' : this.of(kind, d)}` : ''
    return `CASE WHEN ${this.of('truth', d)} THEN ${this.of(kind, d)}${otherwise} END`
  }

  #small(): string {
    return String(1 + this.#c.below(9))
  }
}

export function anyKind(choices: Choices): Kind {
  return pick<Kind>(choices, ['text', 'text', 'whole', 'whole', 'number', 'truth', 'date', 'time'])
}

function literal(c: Choices, kind: Kind): string {
  switch (kind) {
    case 'text':
      return pick(c, ["'a'", "'it''s'", "''", "'2026-05-01'", "'12'", "'é 春'"])
    case 'whole':
      return pick(c, ['0', '1', '7', '100'])
    case 'number':
      return pick(c, ['0.5', '.25', '1.0', '2e1', '100000000'])
    case 'truth':
      return pick(c, ['TRUE', 'false', '1 = 1'])
    case 'date':
      return pick(c, ["CAST('2026-05-04' AS DATE)", "DATE '2026-05-05'", 'CURRENT_DATE', "CAST('today' AS DATE)"])
    case 'time':
      return pick(c, [
        "TIMESTAMP '2026-05-04 10:00:00'",
        "CAST('2026-05-04 10:00:00' AS TIMESTAMP)",
        'CURRENT_TIMESTAMP',
      ])
    case 'texts':
      return pick(c, ["ARRAY['a', 'b']", "ARRAY['a']"])
  }
}
