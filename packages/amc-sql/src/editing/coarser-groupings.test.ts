import { expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { coarserGroupings } from './coarser-groupings.ts'

const groupings = (text: string) => coarserGroupings(text, catalogue)

test('each column is left out of the rows or exchanged for a coarser one; placeholders and the rest stay as they are', () => {
  const text =
    'SELECT i.iso_state_province_code, i.postal_code, SUM(i.impressions) AS n\nFROM dsp_impressions i\nWHERE i.campaign IN ({{c}})\nGROUP BY i.iso_state_province_code, i.postal_code'
  const found = groupings(text)
  const without = found.find(({ column, instead }) => column === 'postal_code' && instead === null)
  expect(without?.text).toBe(
    'SELECT i.iso_state_province_code, SUM(i.impressions) AS n\nFROM dsp_impressions i\nWHERE i.campaign IN ({{c}})\nGROUP BY i.iso_state_province_code',
  )
  const instead = found.find(({ instead: name }) => name === 'dma_code')
  expect(instead?.text).toContain('SELECT i.iso_state_province_code, i.dma_code, SUM')
  expect(instead?.text).toMatch(/GROUP BY i\.iso_state_province_code, i\.dma_code$/)
})

test('positions in GROUP BY are written as what they stand for, so that none means another column', () => {
  const found = groupings('SELECT postal_code, campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1, 2')
  const without = found.find(({ column, instead }) => column === 'postal_code' && instead === null)
  expect(without?.text).toBe('SELECT campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY campaign')
})

test('an hour becomes a day, and what would have an error is not offered', () => {
  const text = 'SELECT impression_dt_hour, SUM(impressions) AS n FROM dsp_impressions GROUP BY impression_dt_hour'
  expect(groupings(text).map(({ instead }) => instead)).toContain('impression_date')
  const used = `${text} HAVING impression_dt_hour IS NOT NULL`
  expect(groupings(used)).toEqual([])
  expect(groupings('SELECT campaign FROM dsp_impressions')).toEqual([])
  expect(groupings('')).toEqual([])
})
