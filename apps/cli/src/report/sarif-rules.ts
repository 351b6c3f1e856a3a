import { ruleEntries } from '@recomamp/amc-sql/rule-entries'

/** The rules of a report: every one that has an entry, and those that findings name beside them, such as `syntax`. */
export interface SarifRules {
  readonly list: readonly SarifRule[]
  indexOf(code: string): number
}

interface SarifRule {
  id: string
  shortDescription?: { text: string }
  help?: { text: string; markdown: string }
  defaultConfiguration?: { level: string }
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

export function sarifRules(): SarifRules {
  const list = ruleEntries.map(({ rule, title, why, bad, good }): SarifRule => ({
    id: rule.code,
    shortDescription: { text: title },
    help: {
      text: `${why}\n\nRefused or doubtful:\n${bad}\n\nBetter:\n${good}\n`,
      markdown: `${why}\n\n\`\`\`sql\n-- refused or doubtful\n${bad}\n\`\`\`\n\n\`\`\`sql\n-- better\n${good}\n\`\`\`\n`,
    },
    defaultConfiguration: { level: levels[rule.severity] },
  }))
  const positions = new Map(list.map(({ id }, at) => [id, at]))
  return {
    list,
    indexOf(code) {
      const known = positions.get(code)
      if (known !== undefined) return known
      positions.set(code, list.length)
      return list.push({ id: code }) - 1
    },
  }
}
