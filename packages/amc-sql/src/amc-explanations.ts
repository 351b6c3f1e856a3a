import { readAmcError } from './amc-errors.ts'

/** What AMC's words about a query mean, and what to do about it. */
export interface AmcExplanation {
  /** Stable name of the entry. */
  readonly id: string
  /** What is wrong in a few words, for heads and lists. */
  readonly title: string
  readonly cause: string
  readonly nextStep: string
}

interface KnownWords {
  readonly id: string
  readonly words: RegExp
  readonly title: string
  /** `$1` stands for what the words name. */
  readonly cause: string
  readonly nextStep: string
}

/** Words that were recorded from AMC, and those of the parser behind it (Apache Calcite); the first that fits counts. */
export const knownWords: readonly KnownWords[] = [
  known(
    'undeclared-parameter',
    /undeclared parameter (\S+?)\.?$/,
    'A parameter is not declared',
    'The query uses the parameter $1, which was sent without a declaration.',
    'Declare $1 in the parameters of the query and give it a value.',
  ),
  known(
    'parameter-twice',
    /workflow parameter (\S+) is defined multiple times/,
    'A parameter is declared twice',
    'The parameter $1 is declared more than once.',
    'Keep one declaration of $1.',
  ),
  known(
    'values-columns',
    /Number of columns must match number of query columns/,
    'The numbers of columns differ',
    'A WITH part names more or fewer columns than its VALUES or its query gives.',
    'Give the part as many names as columns. A list of values needs one row per value: VALUES (1), (2).',
  ),
  known(
    'values-types',
    /Values passed to VALUES operator must have compatible types/,
    'The types of VALUES differ',
    'The rows of VALUES do not have the same types.',
    'Cast the values that differ, or write them alike.',
  ),
  known(
    'placeholder-left',
    /Encountered:? "?\{/,
    'A placeholder was not filled',
    'A {{placeholder}} reached AMC, which does not know this notation.',
    'Give the placeholder a value, or remove the text around it.',
  ),
  known(
    'with-or-select',
    /Are you missing <WITH> or <SELECT>/,
    'There is no query',
    'AMC found no query in the text.',
    'Begin with SELECT or WITH; AMC runs nothing else.',
  ),
  known(
    'lexical',
    /Lexical error/,
    'A sign is not known',
    'The text holds a sign that AMC SQL does not know, often a typographic quote or a special space from a document.',
    'Type the sign anew at the place named.',
  ),
  known(
    'syntax',
    /Encountered/,
    'The syntax is not understood',
    'AMC could not read the query from this word on.',
    'Look at the word and at what stands before it: a missing comma, quote or bracket is the usual cause.',
  ),
  known(
    'table',
    /Object '([^']+)' not found/,
    'A table is not there',
    'The instance has no table $1: the name is wrong, or the instance is not subscribed to it. AMC does not say which.',
    'Compare the name with the tables of this instance. A table of a paid feature appears only after its subscription.',
  ),
  known(
    'column',
    /Column '([^']+)' not found/,
    'A column name is not known',
    'None of the tables in the query has a column $1.',
    'Compare the name with the columns of the table. A text needs single quotes, otherwise AMC takes it for a column.',
  ),
  known(
    'ambiguous',
    /Column '([^']+)' is ambiguous/,
    'A column name is ambiguous',
    'Several tables of the query have a column $1.',
    'Write the table or its alias in front: t.$1.',
  ),
  known(
    'function',
    /No match found for function signature (\w+)|function signature/,
    'A function does not fit',
    'AMC has no such function with arguments of these types.',
    'Check name, number and types of the arguments; a cast often helps.',
  ),
  known(
    'argument-count',
    /Invalid number of arguments to function '([^']+)'/,
    'The number of arguments differs',
    'The function $1 takes another number of arguments.',
    'Compare the call with the function’s description in the editor.',
  ),
  known(
    'operand-types',
    /Cannot apply '([^']+)' to arguments of type/,
    'Two types do not fit',
    'The operator or function $1 does not take values of these types.',
    'Cast one side so that both fit.',
  ),
  known(
    'operator',
    /Unsupported scalar operation type (\S+)/,
    'An operator is not supported',
    'AMC does not support the operator $1 in this place.',
    'Use a function instead, such as CONCAT for ||.',
  ),
  known(
    'not-grouped',
    /Expression '([^']+)' is not being grouped/,
    'A column is not grouped',
    '$1 is neither grouped by nor inside an aggregate.',
    'Add it to GROUP BY, or wrap it in SUM, MAX or another aggregate.',
  ),
  known(
    'not-selected',
    /Expression '([^']+)' is not in the select clause/,
    'An order lacks its column',
    'With DISTINCT only selected columns can be ordered by.',
    'Select $1 as well, or order by another column.',
  ),
  known(
    'aggregate-in-where',
    /Aggregate expression is illegal in (\w+)/,
    'An aggregate stands in WHERE',
    'An aggregate stands in $1, which looks at single rows.',
    'Move the condition to HAVING.',
  ),
  known(
    'nested-aggregate',
    /Aggregate expressions cannot be nested/,
    'An aggregate holds another one',
    'An aggregate stands inside another one.',
    'Compute the inner one in a WITH part first.',
  ),
  known(
    'window-in-where',
    /Windowed aggregate expression is illegal in (\w+)/,
    'A window function stands in WHERE',
    'A window function stands in $1.',
    'Compute it in a WITH part and filter there.',
  ),
  known(
    'rank-order',
    /RANK or DENSE_RANK functions require ORDER BY/,
    'A rank has no order',
    'A rank needs an order.',
    'Add ORDER BY inside OVER (…).',
  ),
  known(
    'over-missing',
    /OVER clause is necessary for window functions/,
    'A window is missing',
    'A window function has no window.',
    'Add OVER (…).',
  ),
  known(
    'union-count',
    /Column count mismatch in (\w+)/,
    'The parts differ in columns',
    'The parts of $1 have different numbers of columns.',
    'Select the same columns in each part; CAST(NULL AS …) fills a gap.',
  ),
  known(
    'union-type',
    /Type mismatch in column (\d+) of/,
    'The parts differ in types',
    'Column $1 has different types in the parts.',
    'Cast it to one type in each part.',
  ),
  known(
    'alias-twice',
    /Duplicate relation name '([^']+)' in FROM/,
    'Two tables share a name',
    'Two tables in FROM have the name $1.',
    'Give one of them another alias.',
  ),
  known(
    'join-condition',
    /join requires a condition/,
    'A join has no condition',
    'A join has no condition.',
    'Add ON or USING.',
  ),
  known(
    'cast',
    /Cast function cannot convert value of type (.+?) to type (.+)/,
    'A cast is not possible',
    'A value of type $1 cannot be cast that way.',
    'Cast over text, or use the function made for it.',
  ),
  known(
    'type',
    /Unknown datatype name '([^']+)'/,
    'A type is not known',
    'AMC knows no type $1.',
    'Use STRING, BIGINT, INTEGER, DECIMAL, DOUBLE, BOOLEAN, DATE or TIMESTAMP.',
  ),
  known(
    'condition',
    /(\w+) clause must be a condition/,
    'A condition is not one',
    'What stands in $1 is not true or false.',
    'Compare it with something.',
  ),
  known(
    'ordinal',
    /Ordinal out of range/,
    'An order points nowhere',
    'ORDER BY names a column by a number that the query does not have.',
    'Use the column’s name.',
  ),
  known(
    'case-types',
    /Illegal mixing of types in CASE or COALESCE/,
    'The branches differ in types',
    'The branches give values of different types.',
    'Cast them to one type.',
  ),
  known(
    'order-in-part',
    /ORDER BY unexpected/,
    'An order stands too early',
    'A part of the query has an ORDER BY, where AMC does not take it.',
    'Remove it; order the result here.',
  ),
  known(
    'audience-tables',
    /Invalid tables in the SQL query: Use audience-specific tables/,
    'Tables are not for audiences',
    'An audience query reads tables that are not made for audiences.',
    'Use the tables whose names end in _for_audiences.',
  ),
  known(
    'time-frame',
    /'([^']+)' is not a valid time frame/,
    'A unit of time is not known',
    'AMC knows no unit of time $1.',
    'Use SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER or YEAR.',
  ),
  known(
    'window-name',
    /Window '([^']+)' not found/,
    'A window is not defined',
    'A function names the window $1, which no WINDOW clause defines.',
    'Define it, or write OVER (…) in its place.',
  ),
  known(
    'qualifier',
    /Table '([^']+)' not found/,
    'A qualifier is not known',
    'A column is qualified by $1, and no table of FROM is called like that.',
    'Write the alias of the table, or its name where it has none.',
  ),
  known(
    'no-value',
    /workflow parameter (\S+) has no value and no default value/,
    'A parameter has no value',
    'The parameter $1 was sent without a value, and its declaration has no default.',
    'Give $1 a value and run again.',
  ),
  known(
    'declared-columns',
    /do not match the declared output columns/,
    'The columns differ from the declared',
    'The query returns other columns than the AMC copy declares.',
    'Sync the query again: its columns are declared anew.',
  ),
  known(
    'invalid',
    /SQL query was invalid|unable to compile/i,
    'The query is not valid',
    'AMC refused the query without naming a place.',
    'AMC’s words below say what it objects to; “Check” finds most causes before sending.',
  ),
]

/** The explanation of AMC's words about a query; null for words that are not known. */
export function explainAmcWords(message: string): AmcExplanation | null {
  const { text } = readAmcError(message)
  for (const { id, words, title, cause, nextStep } of knownWords) {
    const found = words.exec(text) ?? words.exec(message)
    if (found === null) continue
    const fill = (sentence: string) => sentence.replaceAll('$1', found[1] ?? 'it')
    return { id, title, cause: fill(cause), nextStep: fill(nextStep) }
  }
  return null
}

function known(id: string, words: RegExp, title: string, cause: string, nextStep: string): KnownWords {
  return { id, words, title, cause, nextStep }
}
