import { expect, test } from 'vitest'
import { loadTemplates } from '../files/load-catalogue.ts'
import { nearestCategories, searchTemplates } from './template-search.ts'

const found = (text: string) => searchTemplates(loadTemplates(), text).map(({ id }) => id)

test.each([
  ['cannibalization', 'campaign-pairs'],
  ['ntb', 'new-to-brand-by-campaign'],
  ['customer journey', 'path-to-conversion'],
  ['frequency capping', 'reach-and-frequency'],
  ['prime day', 'event-by-day'],
  ['OTT and display', 'overlap-display-tv'],
  ['overlp', 'campaign-pairs'],
])('“%s” finds %s', (text, id) => {
  expect(found(text)).toContain(id)
})

test('the words of a question lead to it first, and every word counts', () => {
  expect(found('Which pairs of campaigns reach the same people?')[0]).toBe('campaign-pairs')
  expect(found('overlap streaming tv')).not.toContain('campaign-pairs')
  expect(found('xylophone')).toEqual([])
})

test('a search without a hit names the categories that come nearest', () => {
  expect(nearestCategories(loadTemplates(), 'overlap')[0]).toBe('Campaign overlap and media mix')
  expect(nearestCategories(loadTemplates(), 'xylophone')).toEqual([])
})
