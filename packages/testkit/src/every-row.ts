import { acrossWorkspaces, type RunningServer } from '@recomamp/server'
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'

type Db = RunningServer['ctx']['db']

/** The database of a server with the rows of all workspaces, for tests that look at them or change them; statements only, no transactions. */
export function everyRow(serverNow: () => RunningServer): Db {
  const refuse = (): never => {
    throw new Error('statements only: take the database of the server and acrossWorkspaces')
  }
  const connection = {
    executeQuery: <R>(query: Parameters<Db['executeQuery']>[0]) =>
      acrossWorkspaces(() => serverNow().ctx.db.executeQuery<R>(query as never)),
    streamQuery: refuse,
  }
  const nothing = () => Promise.resolve()
  return new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createDriver: () => ({
        init: nothing,
        acquireConnection: () => Promise.resolve(connection),
        beginTransaction: refuse,
        commitTransaction: refuse,
        rollbackTransaction: refuse,
        releaseConnection: nothing,
        destroy: nothing,
      }),
    },
  })
}
