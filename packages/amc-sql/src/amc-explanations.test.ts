import { expect, test } from 'vitest'
import { explainAmcWords, knownWords } from './amc-explanations.ts'

test.each([
  [
    '{"code":"400","details":"Was unable to compile workflow wf_9fbfce61 because it was found to be invalid: Filter operation filter_operation referenced an undeclared parameter ad_product_type."}',
    'undeclared-parameter',
    'ad_product_type',
  ],
  [
    'From line 6, column 12 to line 6, column 17: Number of columns must match number of query columns',
    'values-columns',
    'VALUES',
  ],
  ['Encountered "2025" at line 3, column 9', 'syntax', 'from this word on'],
  ['Encountered { at line 8, column 3', 'placeholder-left', '{{placeholder}}'],
  ["Object 'amazon_retail_purchases' not found", 'table', 'amazon_retail_purchases'],
  ["Column 'value' not found in any table", 'column', 'value'],
  ["Column 'campaign' is ambiguous", 'ambiguous', 'campaign'],
  ['No match found for function signature DATE_ADD(<CHARACTER>, <NUMERIC>)', 'function', 'no such function'],
  ['The workflow parameter campaign_pattern is defined multiple times', 'parameter-twice', 'campaign_pattern'],
  ['Invalid tables in the SQL query: Use audience-specific tables in the query.', 'audience-tables', 'audiences'],
  ['A syntax error ... Are you missing <WITH> or <SELECT>?', 'with-or-select', 'no query'],
  ['Unsupported scalar operation type ||', 'operator', '||'],
  ["Expression 'x' is not being grouped", 'not-grouped', 'x'],
  ["Expression 'x' is not in the select clause", 'not-selected', 'DISTINCT'],
  ['Aggregate expression is illegal in WHERE clause', 'aggregate-in-where', 'WHERE'],
  ['Aggregate expressions cannot be nested', 'nested-aggregate', 'inside another'],
  ['Windowed aggregate expression is illegal in WHERE clause', 'window-in-where', 'WHERE'],
  ['RANK or DENSE_RANK functions require ORDER BY clause in window specification', 'rank-order', 'order'],
  ['OVER clause is necessary for window functions', 'over-missing', 'no window'],
  ["Invalid number of arguments to function 'NULLIF'. Was expecting 2 arguments", 'argument-count', 'NULLIF'],
  ["Cannot apply '+' to arguments of type '<CHAR> + <DATE>'. Supported form(s): x", 'operand-types', '+'],
  ['Column count mismatch in UNION', 'union-count', 'UNION'],
  ['Type mismatch in column 3 of UNION ALL', 'union-type', '3'],
  ['Values passed to VALUES operator must have compatible types', 'values-types', 'VALUES'],
  ["Duplicate relation name 't' in FROM clause", 'alias-twice', 't'],
  [
    'INNER, LEFT, RIGHT or FULL join requires a condition (NATURAL keyword or ON or USING clause)',
    'join-condition',
    'condition',
  ],
  ['Cast function cannot convert value of type DATE to type BOOLEAN', 'cast', 'DATE'],
  ["Unknown datatype name 'TEXT'", 'type', 'TEXT'],
  ['WHERE clause must be a condition', 'condition', 'true or false'],
  ['Ordinal out of range', 'ordinal', 'number'],
  ['Illegal mixing of types in CASE or COALESCE statement', 'case-types', 'branches'],
  ['ORDER BY unexpected', 'order-in-part', 'ORDER BY'],
  ['Lexical error at line 1, column 8.  Encountered: "\\u00a0" (160), after : ""', 'lexical', 'sign'],
  ["'FORTNIGHT' is not a valid time frame", 'time-frame', 'FORTNIGHT'],
  ["Window 'w' not found", 'window-name', 'w'],
  ["Table 't' not found", 'qualifier', 't'],
  ['The workflow parameter day has no value and no default value', 'no-value', 'day'],
  ['Output columns [a] do not match the declared output columns [b]', 'declared-columns', 'declares'],
  ['HAVING clause must be a condition', 'condition', 'HAVING'],
  ['The SQL query was invalid', 'invalid', 'without naming a place'],
])('%s: %s', (message, id, word) => {
  const found = explainAmcWords(message)
  expect(found?.id).toBe(id)
  expect(found?.cause).toContain(word)
  expect(`${found?.cause} ${found?.nextStep}`).not.toContain('$1')
})

test('every entry was met above by its own words, and unknown words explain nothing', () => {
  expect(new Set(knownWords.map(({ id }) => id)).size).toBe(knownWords.length)
  expect(explainAmcWords('The moon is full')).toBeNull()
})
