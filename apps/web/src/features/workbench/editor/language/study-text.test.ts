import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { hints } from '@recomamp/amc-sql/hints'
import { TimeWindow } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import type { StudyInput } from './study.ts'
import { studyText } from './study-text.ts'

const asked: StudyInput = {
  text: "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions WHERE device_type = CUSTOM_PARAMETER('device') GROUP BY campaign",
  declared: [{ name: 'device', type: 'STRING', list: false, whenEmpty: 'error' }],
  values: { device: 'Phone' },
  window: TimeWindow.parse({ start: '2026-11-01T00:00:00', end: '2026-11-08T00:00:00', timeZone: 'UTC' }),
  privacy: 'REMOVE_ROWS',
  now: new Date('2026-11-27T00:00:00Z'),
  settledAfterDays: 14,
}

test('a parameter that AMC fills is known by its declaration', () => {
  expect(studyText(asked, loadSchema(), hints).problems).toEqual([])
})

test('a parameter that AMC fills is declared by a guess, so that only its value is missing', () => {
  const { problems } = studyText({ ...asked, declared: [], values: {} }, loadSchema(), hints)
  expect(problems.map(({ message }) => message)).toEqual(['device has no value'])
})
