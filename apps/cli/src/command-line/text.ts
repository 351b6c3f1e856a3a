/** Text of others for a terminal: signs that could steer it are shown as �, one for one, so that columns keep their place. */
export function printable(text: string): string {
  return text.replaceAll(steering, '\uFFFD')
}

// Control signs but the tab, and those that turn the direction of writing.
// oxlint-disable-next-line no-control-regex
const steering = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

const plain = /^[\u0020-\u007e]*$/
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation})/u
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Cells of a terminal that a text takes. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += wide.test(segment) ? 2 : 1
  return width
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
