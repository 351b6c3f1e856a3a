import { Client } from 'pg'
import { waitForInstances } from './database.ts'

/** Fills a database that one person has signed in to with 20,000 workflows, 5,000 of them in that person's workspace, and 160,000
 *  executions; answers with the workspace's id. */
export async function seedWorkflows(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await waitForInstances(client)
    await client.query(`
      insert into workspaces (id, name, created_at) select gen_random_uuid(), 'other ' || n, now() from generate_series(1, 3) n;
      create temporary table place as
        select w.id as workspace_id, row_number() over (order by m.user_id is null, w.id) - 1 as place,
          (select id from users limit 1) as user_id, (select id from amc_instances order by id limit 1) as instance_id
        from workspaces w left join workspace_members m on m.workspace_id = w.id;
      create temporary table made as
        select gen_random_uuid() as id, n, p.* from generate_series(0, 19999) n join place p on p.place = n % 4;
      insert into workflows (id, workspace_id, user_id, instance_id, name, sql_query, version, created_at, updated_at)
        select id, workspace_id, user_id, instance_id, 'Query ' || n, repeat('select 1 -- text of a query' || chr(10), 40), 1,
          now() - n * interval '1 minute', now() - (n * 7919 % 20000) * interval '1 minute' from made;
      insert into workflow_versions (id, workspace_id, workflow_id, version, name, sql_query, parameters, parameter_values, saved_by, saved_at)
        select gen_random_uuid(), workspace_id, id, 1, 'Query ' || n, 'select 1', '[]', '{}', user_id, now() from made;
      insert into workflow_executions (id, workspace_id, workflow_id, workflow_version, instance_id, requested_by, status, amc_workflow_id,
          request, template, source_map, window_start, window_end, time_zone, parameter_values, privacy_filtering_behavior, row_count,
          requested_at, finished_at, updated_at)
        select gen_random_uuid(), workspace_id, id, 1, instance_id, user_id, 'completed', 'bench', '{}', 'select 1', '[]',
          '2026-11-01T00:00:00', '2026-11-08T00:00:00', 'UTC', '{}', 'REMOVE_ROWS', e * 10,
          now() - (n * 8 + e) * interval '1 second', now(), now() from made, generate_series(1, 8) e;
      analyze;`)
    const owner = await client.query<{ workspace_id: string }>('select workspace_id from workspace_members limit 1')
    return owner.rows[0]?.workspace_id ?? ''
  } finally {
    await client.end()
  }
}
