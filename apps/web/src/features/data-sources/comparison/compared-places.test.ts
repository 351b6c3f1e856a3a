import { InstanceId, SnapshotId } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { columnText, readColumn } from '#platform/compared-column.ts'
import { columnLabels } from './compared-places.ts'

const id = (last: number) => `0b0e7a52-6d0b-4d6e-9d0e-00000000000${last}`
const place = (instance: number, day: number) => ({
  instance: { id: InstanceId.parse(id(instance)), name: `Shop ${instance}` },
  snapshotId: SnapshotId.parse(id(day)),
  firstReadAt: `2026-11-0${day}T10:00:00.000Z`,
  lastReadAt: `2026-11-0${day}T10:00:00.000Z`,
})

test('S-099: a column is a table, in the catalogue or at a place, and its text reads back as what it was', () => {
  for (const column of [
    { name: 'dsp_clicks', place: 'catalogue' },
    { name: 'dsp_clicks', place: id(1) },
    { name: 'odd@name', place: 'catalogue' },
  ])
    expect(readColumn(columnText(column))).toEqual(column)
})

test('S-099: columns are called by what tells them apart', () => {
  const there = (name: string, ...where: (ReturnType<typeof place> | null)[]) =>
    where.map((one) => ({ name, place: one }))
  expect(columnLabels([...there('dsp_clicks', null), ...there('dsp_views', null)])).toEqual(['dsp_clicks', 'dsp_views'])
  expect(columnLabels(there('dsp_clicks', null, place(1, 2), place(3, 4)))).toEqual(['Catalogue', 'Shop 1', 'Shop 3'])
  expect(columnLabels([...there('dsp_clicks', place(1, 2)), ...there('dsp_views', null)])).toEqual([
    'dsp_clicks in Shop 1',
    'dsp_views in Catalogue',
  ])
  const [first, second] = columnLabels(there('dsp_clicks', place(1, 2), place(1, 3)))
  expect(first).toMatch(/^reading of 2 Nov 2026/)
  expect(second).toMatch(/^reading of 3 Nov 2026/)
  const [, , third] = columnLabels(there('dsp_clicks', null, place(1, 2), place(1, 3)))
  expect(third).toMatch(/^Shop 1 as of 3 Nov 2026/)
})
