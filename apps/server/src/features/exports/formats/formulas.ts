/** What makes a spreadsheet read a text as a formula when it opens a CSV: the first characters that OWASP names, in their
 *  full-width forms too. */
const formulaStart = '[=+\\-@\\t\\r\\n＝＋－＠]'
/** `-5` and `+4.50` are read as numbers, not as formulas, and stay. */
const plainNumber = '[+-]?[0-9]+([.,][0-9]+)?'

/** The SQL of a text before which a quote stands where a spreadsheet would take it for a formula; one line of a value is enough,
 *  since only the start of a cell counts. */
export function neutralised(field: string): string {
  return `case when regexp_matches(${field}, '^${formulaStart}') and not regexp_full_match(${field}, '${plainNumber}')
    then '''' || ${field} else ${field} end`
}

/** As `neutralised`, for the name of a column. */
export function neutralisedName(name: string): string {
  return new RegExp(`^${formulaStart}`).test(name) ? `'${name}` : name
}
