import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { currentSchema } from '../apps/server/src/commands.ts'

/** Writes apps/server/schema.sql, the result of all migrations, for reviewers. */
writeFileSync(join(import.meta.dirname, '../apps/server/schema.sql'), await currentSchema())
