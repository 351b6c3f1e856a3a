/** The bytes that a request asks for, both ends inclusive; the whole for a header that S3 ignores, null where there are none such. */
export function rangeOf(header: string | undefined, size: number): { from: number; to: number } | null {
  const whole = { from: 0, to: size - 1 }
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return whole
  if (first === '') return Number(last) === 0 ? null : { from: Math.max(0, size - Number(last)), to: size - 1 }
  if (last !== '' && Number(last) < Number(first)) return whole
  if (Number(first) >= size) return null
  return { from: Number(first), to: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
