import { expect, test } from 'vitest'
import { eventSchema as schema } from '../test/schema.ts'
import { analyze } from '../test/judged.ts'

const ratio = 'SUM(clicks) / SUM(impressions) AS ratio FROM views GROUP BY 1'

function codes(text: string): string[] {
  return analyze(text, schema).diagnostics.map(({ code }) => code)
}

test('a comment with a reason switches a rule off on its line or on the next', () => {
  expect(codes(`SELECT campaign, ${ratio}`)).toEqual(['AMC026'])
  expect(codes(`SELECT campaign, ${ratio} -- recomamp-ignore AMC026: every campaign has impressions`)).toEqual([])
  const above = `SELECT campaign,\n  /* recomamp-ignore AMC026, AMC022: every campaign has impressions */\n  ${ratio}`
  expect(codes(above)).toEqual([])
  expect(analyze(above, schema).switchedOff).toMatchObject([
    { diagnostic: { code: 'AMC026' }, reason: 'every campaign has impressions' },
  ])
})

test('a comment for the whole text holds everywhere', () => {
  expect(codes(`-- recomamp-ignore-file AMC026: checked by hand\n\n\nSELECT campaign,\n\n ${ratio}`)).toEqual([])
})

test('it must give a reason, name a rule, and have an effect', () => {
  expect(codes(`SELECT campaign, ${ratio} -- recomamp-ignore AMC026`)).toEqual(['AMC026', 'ignore'])
  expect(codes(`SELECT campaign, ${ratio} -- recomamp-ignore: why`)).toEqual(['AMC026', 'ignore'])
  expect(codes('SELECT campaign, SUM(clicks) AS n FROM taps GROUP BY 1 -- recomamp-ignore AMC026: none')).toEqual([
    'ignore',
  ])
})

test('errors stay, because AMC would refuse the query all the same', () => {
  expect(codes('SELECT user_id, SUM(clicks) AS n FROM taps GROUP BY 1 -- recomamp-ignore AMC002: mine')).toEqual([
    'AMC002',
    'ignore',
  ])
})

test('other comments mean nothing', () => {
  expect(codes(`SELECT campaign, ${ratio} -- ignore AMC026: no`)).toEqual(['AMC026'])
})
