import { assert, asyncProperty, constantFrom, integer, string } from 'fast-check'
import { expect, test } from 'vitest'
import { loneBackslashFinder, parseRecord, withEscapedBackslashes } from './csv-dialect.ts'

async function escaped(text: string, size: number): Promise<string> {
  async function* chunks() {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const out: Uint8Array[] = []
  for await (const chunk of withEscapedBackslashes(chunks())) out.push(chunk)
  return Buffer.concat(out).toString('utf8')
}

test('a backslash that stands for itself is doubled inside quotes and nowhere else', async () => {
  expect(await escaped('"C:\\temp","a\\"b","c\\\\",d\\e\n', 1000)).toBe('"C:\\\\temp","a\\"b","c\\\\",d\\e\n')
})

test('cuts between chunks change nothing', async () => {
  await assert(
    asyncProperty(
      string({ unit: constantFrom('"', '\\', ',', 'a', '\n') }),
      integer({ min: 1, max: 7 }),
      async (text, size) => {
        expect(await escaped(text, size)).toBe(await escaped(text, 1000))
        const whole = loneBackslashFinder()
        whole.feed(Buffer.from(text))
        const cut = loneBackslashFinder()
        for (let at = 0; at < text.length; at += size) cut.feed(Buffer.from(text.slice(at, at + size)))
        expect(cut.found()).toBe(whole.found())
      },
    ),
  )
})

test('the header is read with quotes, escapes, a byte order mark and Windows line ends', () => {
  expect(parseRecord(Buffer.from('\ufeffa,"b, \\"x\\"",\r\nrest'))).toEqual(['a', 'b, "x"', ''])
  expect(parseRecord(Buffer.from('only'))).toEqual(['only'])
})
