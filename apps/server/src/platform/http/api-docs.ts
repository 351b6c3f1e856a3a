import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { App } from './app-types.ts'

/** The one style element that Swagger UI writes, by its hash; a new version of it may have another, which the browser then names. */
const stylesOfPage = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='"

const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${stylesOfPage}`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** `GET /api/openapi.json` (OpenAPI 3.1, from the contracts) and a page at `/api/docs`. */
export async function registerApiDocs(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'RecomAMP', version, description: 'A self-hosted workbench for Amazon Marketing Cloud' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: (document) =>
      document.route.config?.endpoint === undefined
        ? { schema: { ...document.schema, hide: true }, url: document.url }
        : jsonSchemaTransform(document),
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    transformStaticCSP: () => docsPolicy,
    uiConfig: { docExpansion: 'list', persistAuthorization: false },
  })
  app.get('/api/openapi.json', (_request, reply) => reply.header('cache-control', 'no-cache').send(app.swagger()))
}
