import type { FilterCondition } from '@recomamp/amc-catalogue/filter'
import { filter as t } from '#messages/filter.ts'

/** A condition in a few words, such as `field is there with metric`. */
export function conditionInWords(condition: FilterCondition): string {
  const name = t.properties[condition.property]
  switch (condition.property) {
    case 'name':
      return `${name} ${t.operators[condition.is]} ${condition.text}`
    case 'category':
    case 'tag':
    case 'kind':
      return `${name} ${t.operators[condition.is]} ${condition.values.join(', ')}`
    case 'audience-variant':
    case 'retired':
    case 'available':
      return `${name}: ${condition.value ? t.yes : t.no}`
    case 'field-count':
      return `${name} ${t.operators[condition.is]} ${condition.count}`
    case 'field':
      return `${name} ${t.operators[condition.is]} ${Object.values(condition.with)
        .map((part) => (typeof part === 'string' ? part : Array.isArray(part) ? part.join(', ') : part.text))
        .join(', ')}`
  }
}
