/** A file of a tar archive. */
export interface TarFile {
  readonly path: string
  readonly bytes: Uint8Array
}

const blockSize = 512

/** The plain files of a tar archive in POSIX format (ustar, and pax for long names), which is what GitHub sends. Throws an Error on
 *  what is no archive or was cut off. */
export function* untar(archive: Uint8Array): Generator<TarFile> {
  let longName: string | null = null
  for (let at = 0; at + blockSize <= archive.length;) {
    const header = archive.subarray(at, at + blockSize)
    if (header.every((byte) => byte === 0)) return
    const size = Number.parseInt(text(header, 124, 12), 8)
    const bytes = archive.subarray(at + blockSize, at + blockSize + size)
    if (Number.isNaN(size) || bytes.length < size) throw new Error('The archive is broken')
    const type = text(header, 156, 1)
    if (type === 'x') longName = pathOf(bytes)
    else {
      if (type === '0' || type === '') yield { path: longName ?? nameIn(header), bytes }
      // A header of type g is about the whole archive, and not about a name.
      if (type !== 'g') longName = null
    }
    at += blockSize + Math.ceil(size / blockSize) * blockSize
  }
  throw new Error('The archive was cut off')
}

function text(header: Uint8Array, from: number, length: number): string {
  const field = header.subarray(from, from + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end)).trim()
}

function nameIn(header: Uint8Array): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : ''
  const name = text(header, 0, 100)
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Of a pax header, whose records are `<length of the record> <key>=<value>` with a line break. */
function pathOf(records: Uint8Array): string | null {
  for (let at = 0; at < records.length;) {
    const space = records.indexOf(32, at)
    const length = Number(new TextDecoder().decode(records.subarray(at, space)))
    if (space === -1 || !(length > 0)) return null
    const record = new TextDecoder().decode(records.subarray(space + 1, at + length - 1))
    if (record.startsWith('path=')) return record.slice(5)
    at += length
  }
  return null
}
