import type { WorkflowContent } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { mergeContents } from './merge-contents.ts'
import { sameContent } from './same-content.ts'

const declaration = (name: string, list = false) => ({ name, type: 'STRING' as const, list, whenEmpty: 'all' as const })
const base: WorkflowContent = {
  name: 'Reach',
  sqlQuery: 'SELECT a\nFROM t\nLIMIT 5',
  parameters: [declaration('campaign'), declaration('brand')],
  values: { campaign: 'Spring', brand: ['one'] },
}

test('name, declarations and values are taken one by one, each from the side that changed it', () => {
  const mine = {
    ...base,
    name: 'Reach of spring',
    parameters: [declaration('campaign', true), declaration('brand'), declaration('asin')],
    values: { ...base.values, asin: 'B0' },
  }
  const theirs = {
    ...base,
    sqlQuery: 'SELECT a\nFROM t\nLIMIT 10',
    parameters: [declaration('campaign'), declaration('device')],
    values: { campaign: 'Autumn', device: 'TV' },
  }
  expect(mergeContents(base, mine, theirs)).toEqual({
    name: 'Reach of spring',
    sqlQuery: 'SELECT a\nFROM t\nLIMIT 10',
    parameters: [declaration('campaign', true), declaration('asin'), declaration('device')],
    values: { campaign: 'Autumn', asin: 'B0', device: 'TV' },
  })
})

test('where both changed the same mine stands, and a side that changed nothing leaves the other as it is', () => {
  const mine = { ...base, values: { ...base.values, campaign: 'Winter' } }
  const theirs = { ...base, values: { ...base.values, campaign: 'Autumn' } }
  expect(mergeContents(base, mine, theirs).values).toEqual({ campaign: 'Winter', brand: ['one'] })
  expect(sameContent(mergeContents(base, mine, base), mine)).toBe(true)
  expect(sameContent(mergeContents(base, base, theirs), theirs)).toBe(true)
})
