import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { secretPlaces } from './rotate-secrets.ts'

test('every column of the schema that holds a secret is among the places that are re-encrypted', () => {
  const schema = readFileSync(new URL('../../../schema.sql', import.meta.url), 'utf8')
  const columns = [...schema.matchAll(/create table (\w+) \(([\s\S]*?)\n\);/g)].flatMap(([, table = '', body = '']) =>
    [...body.matchAll(/^ {2}(\w+_encrypted) /gm)].map(([, column = '']) => `${table}.${column}`),
  )
  expect(columns.length).toBeGreaterThan(0)
  expect(secretPlaces.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(columns.sort())
})
