import { WorkflowId } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { neighbourOf, type OpenTab, withTab } from './open-documents.ts'

const tab = (number: number, edited = false): OpenTab => ({
  id: WorkflowId.parse(`0197c2b4-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`),
  name: `Query ${number}`,
  edited,
})

test('a query has one tab, which keeps its place when its name or its edits change', () => {
  const tabs = withTab(withTab([], tab(1)), tab(2))
  expect(withTab(tabs, tab(1, true))).toEqual([tab(1, true), tab(2)])
  const many = Array.from({ length: 14 }, (_, at) => tab(at)).reduce(withTab, [] as OpenTab[])
  expect(many).toHaveLength(12)
  expect(many.at(-1)).toEqual(tab(13))
})

test('closing a tab leads to the one behind it, else to the one before', () => {
  const tabs = [tab(1), tab(2), tab(3)]
  expect(neighbourOf(tabs, tab(2).id)).toEqual(tab(3))
  expect(neighbourOf(tabs, tab(3).id)).toEqual(tab(2))
  expect(neighbourOf([tab(1)], tab(1).id)).toBeNull()
})
