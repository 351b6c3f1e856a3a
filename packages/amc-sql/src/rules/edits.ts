export * from '../edits.ts'
