export const marks = {
  types: {
    STRING: 'text',
    INTEGER: 'whole number',
    LONG: 'whole number',
    DECIMAL: 'decimal number',
    DOUBLE: 'decimal number',
    FLOAT: 'decimal number',
    BOOLEAN: 'true or false',
    DATE: 'day',
    TIMESTAMP: 'time',
    ARRAY: 'list',
  },
  /** Of a type or a privacy class. */
  unknown: 'not known',
  unknownThreshold: 'Nobody says; Amazon tells no privacy class of uploads',
  thresholds: {
    NONE: 'Shown for every row',
    LOW: 'Needs 2 users in a row',
    MEDIUM: 'Needs 100 users in a row',
    HIGH: 'Needs 100 users in a row',
    VERY_HIGH: 'Never shown; usable inside the query',
    INTERNAL: 'Never shown; usable inside the query',
  },
  classes: (counts: string) => `Fields by privacy class: ${counts}`,
  copy: 'Copy',
  copied: 'Copied',
  choose: 'Choose',
}
