import { expect, test } from 'vitest'
import { textOfMessage } from './message-text.ts'

const payload = (type: string, data: object) => JSON.stringify({ type, timestamp: '2026-11-27T12:00:00.000Z', data })

test('S-240: a failure is told with its summary and where to look; a name cannot begin a line of its own', () => {
  const failed = payload('execution.failed', {
    workflowName: 'Reach\r\nBcc: everybody@example.com',
    instanceName: 'Kestrel',
    failure: { message: 'AMC refused the query', amcMessage: 'Column x does not exist' },
    url: 'https://amp.example/executions/1',
  })
  const { subject, text } = textOfMessage('execution.failed', failed)
  expect(subject).toBe('“Reach Bcc: everybody@example.com” on Kestrel failed')
  expect(text.split('\n').slice(1)).toEqual([
    'AMC refused the query',
    'AMC says: Column x does not exist',
    'https://amp.example/executions/1',
  ])
})

test('what changed in tables is named', () => {
  const data = { instanceName: 'Kestrel', tablesAdded: ['a'], tablesRemoved: [], tablesChanged: [{ name: 'b' }] }
  const { text } = textOfMessage('schema.changed', payload('schema.changed', data))
  expect(text.split('\n')).toEqual(['The tables of Kestrel have changed', 'New: a', 'Changed: b'])
})
