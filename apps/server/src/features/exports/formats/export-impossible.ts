/** A result cannot be written in a format without losing something; the message says what, to a person. */
export class ExportImpossible extends Error {
  override readonly name = 'ExportImpossible'
}
