/**
 * Functions of other dialects that people try, with what AMC has in their place. `$1` is an argument, `$(1)` the same as an operand,
 * `$d` the word DISTINCT where it was written; a form fits a call with as many arguments as it names. A form behind `?` is not
 * quite the same, so that a person must choose it. Text without a `$` or a `(` at its end is only said.
 */
const forms: Readonly<Record<string, readonly string[]>> = {
  DATE: ['CAST($1 AS DATE)'],
  TO_DATE: ['CAST($1 AS DATE)'],
  TIMESTAMP: ['CAST($1 AS TIMESTAMP)'],
  DATETIME: ['CAST($1 AS TIMESTAMP)'],
  TO_TIMESTAMP: ['CAST($1 AS TIMESTAMP)'],
  TO_CHAR: ['CAST($1 AS CHAR)'],
  TO_VARCHAR: ['CAST($1 AS CHAR)'],
  TO_STRING: ['CAST($1 AS CHAR)'],
  STRING: ['CAST($1 AS CHAR)'],
  TO_NUMBER: ['CAST($1 AS DOUBLE)'],
  INT: ['CAST($1 AS INTEGER)'],
  GETDATE: ['CURRENT_DATE'],
  TODAY: ['CURRENT_DATE'],
  CURDATE: ['CURRENT_DATE'],
  NOW: ['CURRENT_TIMESTAMP'],
  SYSDATE: ['CURRENT_TIMESTAMP'],
  UTC_TIMESTAMP: ['CURRENT_TIMESTAMP'],
  LOCALTIMESTAMP: ['CURRENT_TIMESTAMP'],
  STRING_AGG: ["ARRAY_TO_STRING(COLLECT($d$1), ',')", 'ARRAY_TO_STRING(COLLECT($d$1), $2)'],
  LISTAGG: ['ARRAY_TO_STRING(COLLECT($d$1), $2)', "ARRAY_TO_STRING(COLLECT($d$1), '')"],
  GROUP_CONCAT: ["ARRAY_TO_STRING(COLLECT($d$1), ',')", 'ARRAY_TO_STRING(COLLECT($d$1), $2)'],
  ARRAY_AGG: ['COLLECT($d$1)'],
  COLLECT_LIST: ['COLLECT($1)'],
  COLLECT_SET: ['COLLECT(DISTINCT $1)'],
  LIST: ['COLLECT($d$1)'],
  UNNEST: ['EXPLODE($1)'],
  ARRAY_LENGTH: ['CARDINALITY($1)'],
  ARRAY_SIZE: ['CARDINALITY($1)'],
  SIZE: ['CARDINALITY($1)'],
  ARRAY_JOIN: ['ARRAY_TO_STRING($1, $2)'],
  ARRAY_CONCAT: ['ARRAY_CAT($1, $2)'],
  ARRAY_EXCEPT: ['ARRAY_COMPLEMENT($1, $2)'],
  SORT_ARRAY: ['ARRAY_SORT($1)'],
  STRUCT: ["NAMED_ROW('label', x, …)"],
  SUBSTR: ['SUBSTRING($1 FROM $2 FOR $3)', 'SUBSTRING($1 FROM $2)'],
  MID: ['SUBSTRING($1 FROM $2 FOR $3)'],
  LEN: ['LENGTH($1)'],
  CHAR_LENGTH: ['LENGTH($1)'],
  CHARACTER_LENGTH: ['LENGTH($1)'],
  LCASE: ['LOWER($1)'],
  UCASE: ['UPPER($1)'],
  CONTAINS: ['POSITION($2 IN $1) > 0'],
  STARTS_WITH: ['POSITION($2 IN $1) = 1'],
  STARTSWITH: ['POSITION($2 IN $1) = 1'],
  ENDS_WITH: ['RIGHT($1, LENGTH($2)) = $(2)'],
  ENDSWITH: ['RIGHT($1, LENGTH($2)) = $(2)'],
  SPLIT: ['?REGEXP_SPLIT($1, $2)'],
  SPLIT_PART: ['REGEXP_SPLIT(text, pattern)'],
  REGEXP_EXTRACT: ['REGEXP_SUBSTR($1, $2)'],
  REGEXP_LIKE: ['$(1) SIMILAR TO $(2)'],
  REGEXP_MATCHES: ['$(1) SIMILAR TO $(2)'],
  REGEXP_CONTAINS: ['$(1) SIMILAR TO $(2)'],
  RLIKE: ['$(1) SIMILAR TO $(2)'],
  SAFE_DIVIDE: ['$(1) / NULLIF($2, 0)'],
  TRY_DIVIDE: ['$(1) / NULLIF($2, 0)'],
  DIV0: ['COALESCE($(1) / NULLIF($2, 0), 0)'],
  IIF: ['IF($1, $2, $3)'],
  IFF: ['IF($1, $2, $3)'],
  ISNULL: ['COALESCE($1, $2)', '$(1) IS NULL'],
  ZEROIFNULL: ['COALESCE($1, 0)'],
  NULLIFZERO: ['NULLIF($1, 0)'],
  DECODE: ['CASE $1 WHEN $2 THEN $3 ELSE $4 END', 'CASE $1 WHEN $2 THEN $3 END'],
  COUNT_DISTINCT: ['COUNT(DISTINCT $1)'],
  APPROX_DISTINCT: ['COUNT(DISTINCT $1)'],
  COUNTIF: ['COUNT(IF($1, 1, NULL))'],
  COUNT_IF: ['COUNT(IF($1, 1, NULL))'],
  SUMIF: ['SUM(IF(condition, x, 0))'],
  ANY_VALUE: ['MAX($1)'],
  ARBITRARY: ['MAX($1)'],
  PERCENTILE_CONT: ['PERCENTILE($1, $2)'],
  PERCENTILE_DISC: ['APPROX_PERCENTILE($1, $2)'],
  PERCENTILE_APPROX: ['APPROX_PERCENTILE($1, $2)'],
  POW: ['POWER($1, $2)'],
  RAND: ['RANDOM()'],
  TRUNCATE: ['TRUNC($1, $2)', 'TRUNC($1)'],
  LOG2: ['LOG(2, $1)'],
  DAY: ['DAYOFMONTH($1)'],
  WEEKOFYEAR: ['WEEK($1)'],
  UNIX_TIMESTAMP: ["SECONDS_BETWEEN(CAST('1970-01-01' AS TIMESTAMP), $1)"],
  FROM_UNIXTIME: ['EPOCH_TO_UTC_TIMESTAMP($1)'],
  FROM_UTC_TIMESTAMP: ['CONVERT_TIME_ZONE_FROM_UTC($1, $2)'],
  CONVERT_TIMEZONE: ['?CONVERT_TIME_ZONE_FROM_UTC($3, $2)', '?CONVERT_TIME_ZONE_FROM_UTC($2, $1)'],
  DATE_FORMAT: ['EXTRACT(unit FROM time) for parts of a time'],
  JSON_EXTRACT_SCALAR: ['JSON_EXTRACT($1, $2)'],
  JSON_VALUE: ['JSON_EXTRACT($1, $2)'],
  GET_JSON_OBJECT: ['JSON_EXTRACT($1, $2)'],
  TO_JSON: ['JSON_SERIALIZE($1)'],
  NTH_VALUE: ['ROW_NUMBER in a WITH part, filtered by its number'],
  RATIO_TO_REPORT: ['$(1) / NULLIF(SUM($1) OVER (), 0)'],
  SHA2: ['SHA1(text) or MD5(text)'],
  SHA256: ['SHA1(text) or MD5(text)'],
}

/** Functions of time in other dialects; their arguments decide what AMC has in their place. */
const timeFunctions: Readonly<Record<string, string>> = {
  DATE_DIFF: 'SECONDS_BETWEEN(a, b) / 86400 gives days',
  DATEDIFF: 'SECONDS_BETWEEN(a, b) / 86400 gives days',
  TIMESTAMP_DIFF: 'SECONDS_BETWEEN(a, b)',
  TIMESTAMPDIFF: 'SECONDS_BETWEEN(a, b)',
  DATE_ADD: "EXTEND_TIME_WINDOW widens a table's window, and SECONDS_BETWEEN(a, b) compares two times",
  DATEADD: "EXTEND_TIME_WINDOW widens a table's window, and SECONDS_BETWEEN(a, b) compares two times",
  DATE_SUB: "EXTEND_TIME_WINDOW widens a table's window, and SECONDS_BETWEEN(a, b) compares two times",
  TIMESTAMPADD: "EXTEND_TIME_WINDOW widens a table's window, and SECONDS_BETWEEN(a, b) compares two times",
  DATE_PART: 'EXTRACT(unit FROM time)',
  DATEPART: 'EXTRACT(unit FROM time)',
}

/** A call as it stands in the text. */
export interface ForeignCall {
  name: string
  /** The text of each argument. */
  arguments: readonly string[]
  /** The same, in parentheses where it is no operand by itself. */
  operands: readonly string[]
  distinct: boolean
}

/** Every name that is known here, upper case. */
export const foreignNames: readonly string[] = [...Object.keys(forms), ...Object.keys(timeFunctions)]

/** What AMC has in the place of a function of another dialect, by its upper-case name; undefined where nothing is known. */
export function foreignHint(name: string): string | undefined {
  const [first] = formsOf(name)
  if (first === undefined) return Object.hasOwn(timeFunctions, name) ? timeFunctions[name] : undefined
  return filled(first, { name, arguments: ['x', 'y', 'z', '…'], operands: ['x', 'y', 'z', '…'], distinct: false })
}

/** True for a function that aggregates in the dialect it comes from. */
export function isForeignAggregate(name: string): boolean {
  return /^COLLECT_|_AGG$|^(LISTAGG|GROUP_CONCAT|LIST|ANY_VALUE|ARBITRARY|SUMIF)$|^PERCENTILE_|COUNT|^APPROX_DISTINCT$/.test(
    name,
  )
}

/** CURRENT_DATE or CURRENT_TIMESTAMP for a word that is one of their names elsewhere, as SYSDATE is. */
export function foreignClock(name: string): string | null {
  const hint = foreignHint(name)
  return hint?.startsWith('CURRENT_') === true ? hint : null
}

/** True for a function of time, whose arguments decide what AMC has in its place. */
export function isForeignTime(name: string): boolean {
  return Object.hasOwn(timeFunctions, name)
}

/** True for the name of a unit of time as the argument of such a function, `DATEDIFF(day, a, b)`. */
export function isTimeUnit(name: string, word: string): boolean {
  return isForeignTime(name) && unitOf(word) !== null
}

/** What stands for a function, the best form first. */
export function formsOf(name: string): readonly string[] {
  return Object.hasOwn(forms, name) ? (forms[name] ?? []) : []
}

/** A form with the texts of a call in it. */
export function filled(form: string, call: ForeignCall): string {
  return form
    .replace(/^\?/, '')
    .replaceAll(/\$(?:d|\((\d)\)|(\d))/g, (_, operand: string | undefined, argument: string | undefined) => {
      if (operand !== undefined) return call.operands[Number(operand) - 1] ?? ''
      if (argument !== undefined) return call.arguments[Number(argument) - 1] ?? ''
      return call.distinct ? 'DISTINCT ' : ''
    })
}

/** The unit of time that an argument names, bare or in quotes. */
export function unitOf(argument: string): string | null {
  const word = argument.replaceAll("'", '').trim().toUpperCase().replace(/S$/, '')
  return /^(SECOND|MINUTE|HOUR|DAY|DOW|WEEK|MONTH|QUARTER|YEAR)$/.test(word) ? word : null
}
