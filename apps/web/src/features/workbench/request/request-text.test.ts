import { expect, test } from 'vitest'
import { addressPieces, bodyToRead, curlOf } from './request-text.ts'

const preview = {
  method: 'POST',
  url: 'https://a.example/amc/reporting/amc1/workflowExecutions',
  headers: [
    { name: 'authorization', value: 'Bearer Atza|••••' },
    { name: 'content-type', value: 'application/json' },
  ],
  body: JSON.stringify({ workflow: { sqlQuery: "SELECT 'it''s'\nFROM t\nWHERE x" } }),
  sqlSent: '',
  fills: [],
  inline: null,
  window: { start: '2026-11-01T00:00:00', end: '2026-11-08T00:00:00', timeZone: 'UTC' },
  warnings: [],
} as unknown as Parameters<typeof curlOf>[0]

test('the command line carries the exact body and no token', () => {
  const curl = curlOf(preview)
  expect(curl).toContain('-H "authorization: Bearer $AMC_ACCESS_TOKEN"')
  expect(curl).not.toContain('Atza')
  const body = /--data-raw '([\s\S]*)'$/.exec(curl)?.[1]?.replaceAll(`'\\''`, "'")
  expect(body).toBe(preview.body)
})

test('to be read, the body is laid out and its query cut; the address shows the instance', () => {
  expect(JSON.parse(bodyToRead(preview.body))).toEqual({
    workflow: { sqlQuery: "SELECT 'it''s'… (3 lines, beside)" },
  })
  expect(addressPieces(preview.url)).toEqual(['https://a.example/amc/reporting/', 'amc1', '/workflowExecutions'])
})
