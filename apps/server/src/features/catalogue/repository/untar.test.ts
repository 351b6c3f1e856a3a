import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { untar } from './untar.ts'

/** An archive as another program makes it. */
function archiveOf(files: Record<string, string>, format: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'untar-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return spawnSync('tar', ['-cf', '-', `--format=${format}`, '-C', folder, '.'], { maxBuffer: 2 ** 26 }).stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const files = {
  'empty.txt': '',
  'one.txt': 'x'.repeat(512),
  'ümläut.sql': 'SELECT 1',
  [`a-folder/${'deep/'.repeat(20)}a-file-with-a-name-that-needs-more-than-a-hundred-characters.json`]: '{"a": 1}\n',
}

test.each(['ustar', 'pax'])('every file of an archive in %s format is read as it was', (format) => {
  const read = [...untar(archiveOf(files, format))].map(({ path, bytes }) => [
    path.replace(/^\.\//, ''),
    new TextDecoder().decode(bytes),
  ])
  expect(Object.fromEntries(read)).toEqual(files)
})

test('an archive that was cut off, and what is none, is refused', () => {
  const archive = archiveOf(files, 'pax')
  expect(() => [...untar(archive.subarray(0, 1024))]).toThrow(/cut off|broken/)
  expect(() => [...untar(Buffer.from('<html>'.repeat(200)))]).toThrow('The archive is broken')
})
