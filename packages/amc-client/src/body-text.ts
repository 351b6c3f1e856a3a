/** An answer's body is longer than anything that the service has a reason to send. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

/** The text of a body of at most `limitBytes`; a longer one is given up at once, so that a runaway answer cannot fill the memory. */
export async function textOf(answer: Response, limitBytes: number): Promise<string> {
  if (answer.body === null) return ''
  const decoder = new TextDecoder()
  let length = 0
  let text = ''
  for await (const chunk of answer.body) {
    length += chunk.byteLength
    // Leaving the loop cancels the rest of the body.
    if (length > limitBytes) throw new BodyTooLarge(`the answer is longer than ${limitBytes} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
