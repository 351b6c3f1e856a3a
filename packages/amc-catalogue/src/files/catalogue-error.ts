/** A fault of one file of a catalogue, said so that its author finds the place. */
export interface CatalogueError {
  /** Path inside the catalogue folder. */
  file: string
  /** Counted from 1. */
  line: number
  /** Path of the value with names in the place of numbers where items have one: `fields.campaign_id.dataType`; empty for the whole file. */
  field: string
  message: string
}

/** `data-sources/x.json:12 fields.user_id.dataType: must be …`, as compilers write it. */
export function catalogueErrorText({ file, line, field, message }: CatalogueError): string {
  return `${file}:${line} ${field === '' ? '' : `${field}: `}${message}`
}
