import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'

/** The files that deploy the product, against the product: what they name exists and fits together. */
const root = join(import.meta.dirname, '..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')

const Container = z.object({
  name: z.string(),
  image: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  securityContext: z.object({
    readOnlyRootFilesystem: z.literal(true),
    allowPrivilegeEscalation: z.literal(false),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  startupProbe: z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
  readinessProbe: z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
  livenessProbe: z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
})
const Deployment = z.object({
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        securityContext: z.object({ runAsNonRoot: z.literal(true) }),
        containers: z.tuple([Container]),
      }),
    }),
  }),
})

const base = 'deploy/kubernetes/base'
const manifests = (path: string): { kind: string; metadata?: { name?: string } }[] =>
  parseAllDocuments(text(path)).map((document) => {
    expect(document.errors, path).toEqual([])
    return document.toJS() as { kind: string }
  })
const deployment = (role: 'web' | 'worker') =>
  Deployment.parse(manifests(`${base}/${role}.yaml`).find(({ kind }) => kind === 'Deployment'))

test('S-264 S-259: Kubernetes runs one image in two roles, with probes, a read-only root and no rights', () => {
  const health = text('apps/server/src/platform/http/build-http.ts')
  for (const role of ['web', 'worker'] as const) {
    const { selector, template } = deployment(role).spec
    expect(template.metadata.labels).toEqual(selector.matchLabels)
    const [container] = template.spec.containers
    expect(container.image).toBe('recomamp')
    expect(container.env).toContainEqual({ name: 'ROLE', value: role === 'web' ? 'api' : 'worker' })
    for (const { httpGet } of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect(health).toContain(`app.get('${httpGet.path}'`)
      expect(container.ports).toContainEqual({ name: httpGet.port, containerPort: 8001 })
    }
    expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/data', '/tmp'])
  }
  const kinds = [...manifests(`${base}/web.yaml`), ...manifests(`${base}/worker.yaml`)].map(({ kind }) => kind)
  for (const kind of ['Service', 'Ingress', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'])
    expect(kinds).toContain(kind)
  const listed = z.object({ resources: z.array(z.string()) }).parse(parse(text(`${base}/kustomization.yaml`)))
  expect(listed.resources.filter((path) => !existsSync(join(root, base, path)))).toEqual([])
})

test('S-252 S-254: the overlays change things that the base has', () => {
  const known = ['web', 'worker', 'data', 'network-policy', 'service-account']
    .flatMap((name) => manifests(`${base}/${name}.yaml`))
    .map(({ kind, metadata }) => `${kind} ${metadata?.name}`)
  const Overlay = z.object({
    namespace: z.string(),
    images: z.array(z.object({ name: z.literal('recomamp'), newName: z.string(), newTag: z.string() })),
    patches: z.array(z.object({ target: z.object({ kind: z.string(), name: z.string() }), patch: z.string() })),
  })
  for (const name of ['staging', 'production']) {
    const overlay = Overlay.parse(parse(text(`deploy/kubernetes/overlays/${name}/kustomization.yaml`)))
    expect(overlay.namespace).toBe(`recomamp-${name}`)
    for (const { target } of overlay.patches) expect(known).toContain(`${target.kind} ${target.name}`)
    // The script that deploys puts the tested image in its place.
    const [{ newName, newTag } = { newName: '', newTag: '' }] = overlay.images
    expect(text('deploy/kubernetes/deploy.sh')).toContain(`image: ${newName}:${newTag}|`)
  }
  execFileSync('bash', ['-n', join(root, 'deploy/kubernetes/deploy.sh')])
})

test('S-263: compose runs web, worker, database, Redis, proxy and emulator with settings that the server knows', () => {
  const Service = z.object({
    image: z.string(),
    read_only: z.boolean().optional(),
    environment: z.record(z.string(), z.string()).optional(),
    command: z.array(z.string()).optional(),
  })
  const { services } = z
    .object({ services: z.record(z.string(), Service) })
    .parse(parse(text('deploy/compose.yaml'), { merge: true }))
  expect(Object.keys(services).toSorted()).toEqual(['database', 'emulator', 'proxy', 'redis', 'web', 'worker'])
  const known = text('apps/server/src/config.ts')
  for (const [name, role] of [
    ['web', 'api'],
    ['worker', 'worker'],
  ] as const) {
    expect(services[name]?.environment).toMatchObject({ ROLE: role })
    expect(services[name]?.read_only).toBe(true)
    expect(Object.keys(services[name]?.environment ?? {}).filter((key) => !known.includes(`${key}:`))).toEqual([])
  }
  const example = [...text('deploy/settings.example.env').matchAll(/^([A-Z_]+)=/gm)].map(([, key]) => key)
  expect(example.filter((key) => !known.includes(`${key}:`))).toEqual([])
  expect(services['emulator']?.command?.slice(0, 3)).toEqual(['node', 'apps/cli/bin/recomamp.js', 'emulator'])
  expect(existsSync(join(root, 'apps/cli/bin/recomamp.js'))).toBe(true)
})

test('S-248 S-249 S-250 S-251 S-253 S-255: the pipeline goes through its eight steps in order, and none is passed over', () => {
  const Job = z.object({
    needs: z.union([z.string(), z.array(z.string())]).optional(),
    environment: z.object({ name: z.string() }).optional(),
    steps: z.array(z.object({ run: z.string().optional(), uses: z.string().optional() })),
  })
  const { on, jobs } = z
    .object({ on: z.record(z.string(), z.unknown()), jobs: z.record(z.string(), Job) })
    .parse(parse(text('.github/workflows/pipeline.yaml')))
  expect(on).toHaveProperty('push')
  const runs = (name: string) => jobs[name]?.steps.map(({ run, uses }) => run ?? uses ?? '').join('\n')
  expect(runs('tests')).toContain('npm ci\nnpm test')
  expect(runs('scan')).toMatch(/npm audit --audit-level=high[^]*gitleaks/)
  expect(jobs['image']?.needs).toEqual(['tests', 'scan'])
  expect(runs('image')).toContain('docker/build-push-action')
  expect([jobs['staging']?.needs, jobs['staging']?.environment?.name]).toEqual(['image', 'staging'])
  expect(jobs['end-to-end']?.needs).toEqual(['image', 'staging'])
  const script = /node (scripts\/\S+)/.exec(runs('end-to-end') ?? '')?.[1] ?? ''
  expect(existsSync(join(root, script))).toBe(true)
  expect([jobs['production']?.needs, jobs['production']?.environment?.name]).toEqual([
    ['image', 'end-to-end'],
    'production',
  ])
  expect(text('deploy/kubernetes/deploy.sh')).toMatch(/readyz[^]*roll_back/)
})

test('S-260: proxies end TLS, let events through as they come and tell who asks', () => {
  const nginx = text('deploy/proxy/nginx.conf')
  expect(nginx).toMatch(/location = \/api\/events \{[^}]*proxy_buffering off/)
  expect(nginx.match(/proxy_set_header X-Forwarded-For \$remote_addr;/g)).toHaveLength(2)
  expect(text('deploy/proxy/Caddyfile')).toContain('flush_interval -1')
})

test('what the image copies is there', () => {
  const dockerfile = text('Dockerfile')
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '))
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
  const [, entry = ''] = /^CMD \["node", "(.+)"\]$/m.exec(dockerfile) ?? []
  expect(entry).toMatch(/\.ts$/)
  expect(existsSync(join(root, entry))).toBe(true)
})
