export { linkFields, type FieldLinks } from './field-links.ts'
export { subjectOf, subjects, type Subject } from './subjects.ts'
