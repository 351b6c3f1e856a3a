import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rulesPage } from './rules-page.ts'

/** Writes docs/amc-sql/rules.md from what the rules say of themselves. */
writeFileSync(join(import.meta.dirname, '../docs/amc-sql/rules.md'), rulesPage())
