import { type Catalogue, loadCatalogue } from '@recomamp/amc-catalogue'
import { readSettings } from '#config.ts'
import { type ImportedCatalogue, importCatalogue } from '#features/catalogue/index.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { version } from './app.ts'
import { openInstallation } from './open-installation.ts'

/** Makes an installation go by a catalogue from a file or folder, or by the one that ships (null), and says what that changed. Servers
 *  that run on the same PostgreSQL take it over with their next answer. */
export async function importInto(
  env: Readonly<Record<string, string | undefined>>,
  given: { catalogue: Catalogue; path: string } | null,
  now: Date,
): Promise<ImportedCatalogue> {
  const database = await openInstallation(readSettings(env))
  try {
    return await acrossWorkspaces(() =>
      given === null
        ? importCatalogue(database.db, loadCatalogue(), { kind: 'shipped', version }, now)
        : importCatalogue(database.db, given.catalogue, { kind: 'file', path: given.path }, now),
    )
  } finally {
    await database.close()
  }
}
