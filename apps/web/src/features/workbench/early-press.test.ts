import { WorkflowId } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { forgetEarlyPress, pressEarly, takeEarlyPress } from './early-press.ts'

const [one, other] = [WorkflowId.parse(crypto.randomUUID()), WorkflowId.parse(crypto.randomUUID())]

test('what is pressed before its query is there is done once, by that query', () => {
  pressEarly(one, 'start')
  expect(takeEarlyPress(one)).toBe('start')
  expect(takeEarlyPress(one)).toBeNull()
  pressEarly('next', 'check')
  expect(takeEarlyPress(other)).toBe('check')
})

test('another query, and a later visit, run nothing by themselves', () => {
  pressEarly(one, 'start')
  expect(takeEarlyPress(other)).toBeNull()
  expect(takeEarlyPress(one)).toBeNull()
  pressEarly(one, 'start')
  forgetEarlyPress(other)
  forgetEarlyPress(one)
  expect(takeEarlyPress(one)).toBeNull()
})
