import { ruleEntries } from '@recomamp/amc-sql/rule-entries'

/** The rules of a report: every one that has an entry, and those that findings name beside them, such as `syntax`. */
export interface SarifRules {
  readonly list: readonly SarifRule[]
  indexOf(code: string): number
}

/** GitHub shows a rule only when it has all three texts. */
interface SarifRule {
  id: string
  shortDescription: { text: string }
  fullDescription: { text: string }
  help: { text: string; markdown: string }
  defaultConfiguration?: { level: string }
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

export function sarifRules(): SarifRules {
  const list = ruleEntries.map(({ rule, title, why, bad, good }): SarifRule => {
    const markdown = `${why}\n\n\`\`\`sql\n-- instead of\n${bad}\n\`\`\`\n\n\`\`\`sql\n-- write\n${good}\n\`\`\`\n`
    return {
      id: rule.code,
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: { text: `${why}\n\nInstead of\n${bad}\n\nwrite\n${good}\n`, markdown },
      defaultConfiguration: { level: levels[rule.severity] },
    }
  })
  const positions = new Map(list.map(({ id }, at) => [id, at]))
  return {
    list,
    indexOf(code) {
      const known = positions.get(code)
      if (known !== undefined) return known
      positions.set(code, list.length)
      return list.push(ruleWithoutEntry(code)) - 1
    },
  }
}

/** What the codes mean that belong to the language and to no rule. */
const titles: Readonly<Record<string, string>> = {
  syntax: 'The text is a query that AMC can read',
  lexical: 'Every sign of the text belongs to AMC SQL',
  placeholder: 'A {{name}} is written as one',
  'too-deep': 'A query is not nested too deeply',
  ignore: 'A comment that switches a rule off names it, gives a reason and has an effect',
}

function ruleWithoutEntry(code: string): SarifRule {
  const text = titles[code] ?? `AMC SQL: ${code}`
  const help = `${text}. Each finding says what is wrong at its place, and what to do.`
  return {
    id: code,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: help, markdown: help },
  }
}
