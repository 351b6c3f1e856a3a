import type { QueryTemplateFile } from '@recomamp/amc-catalogue'
import { ParameterDeclaration, TemplateId } from '@recomamp/contracts'
import { z } from 'zod'
import type { Db, TemplateContent } from '#platform/db/tables.ts'

/** Writes the analyses of the catalogue; how often each was used stays, one that is gone is no longer offered. */
export async function keepTemplates(db: Db, files: readonly QueryTemplateFile[], now: Date): Promise<void> {
  if (files.length > 0)
    await db
      .insertInto('query_templates')
      .values(files.map((file) => toRow(file, now)))
      .onConflict((conflict) =>
        conflict.column('template_id').doUpdateSet((eb) => ({
          question: eb.ref('excluded.question'),
          name: eb.ref('excluded.name'),
          category: eb.ref('excluded.category'),
          tags: eb.ref('excluded.tags'),
          difficulty: eb.ref('excluded.difficulty'),
          tables: eb.ref('excluded.tables'),
          sql_template: eb.ref('excluded.sql_template'),
          parameters_schema: eb.ref('excluded.parameters_schema'),
          reading: eb.ref('excluded.reading'),
          content: eb.ref('excluded.content'),
          is_public: true,
          updated_at: now,
        })),
      )
      .execute()
  await db
    .updateTable('query_templates')
    .where('is_public', '=', true)
    .where('workspace_id', 'is', null)
    .$if(files.length > 0, (rows) =>
      rows.where(
        'template_id',
        'not in',
        files.map((file) => TemplateId.parse(file.id)),
      ),
    )
    .set({ is_public: false, updated_at: now })
    .execute()
}

function toRow(file: QueryTemplateFile, now: Date) {
  const { window, pitfalls, chart, columns, related, tests } = file
  const content: TemplateContent = { window, pitfalls, chart, columns, related, tests }
  return {
    template_id: TemplateId.parse(file.id),
    question: file.question,
    name: file.name,
    category: file.category,
    tags: JSON.stringify(file.tags),
    difficulty: file.difficulty,
    tables: JSON.stringify(file.tables),
    sql_template: file.sqlTemplate,
    parameters_schema: JSON.stringify(z.array(ParameterDeclaration).parse(file.parameters)),
    reading: file.reading,
    content: JSON.stringify(content),
    is_public: true,
    updated_at: now,
  }
}
