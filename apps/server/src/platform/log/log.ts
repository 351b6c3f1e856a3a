import { type Logger, pino } from 'pino'

export type Log = Logger

const hidden = [
  'authorization',
  'cookie',
  'set-cookie',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'token',
  'code',
  'code_verifier',
  'codeVerifier',
  'state',
  'secret',
  'client_secret',
  'clientSecret',
  'jwtSecretKey',
  'fernetKeys',
  'databaseUrl',
  'databaseAdminUrl',
  'redisUrl',
  'smtpUrl',
  'metricsToken',
  'tracingHeaders',
  'resultsS3Url',
]

/** Shapes of secrets that could hide inside a text such as an error's message: Amazon's tokens, JWTs, Fernet tokens, our own
 *  access tokens, invitations and signing secrets, bearer headers. */
const secretShapes =
  /whsec_[\w+/=]+|rc[im]_[\w-]{43}|Atz[ar]\|[\w|+/=.-]+|eyJ[\w-]+\.[\w-]+\.[\w-]+|gAAAA[\w-]+=*|Bearer\s+\S+|(?<=:\/\/[^:/\s]*:)[^@/\s]+(?=@)/g

/** A logger of JSON lines that leaves out credentials by their field's name, three levels deep, and by their shape in any line. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const paths = hidden.flatMap((name) => {
    const quoted = `["${name}"]`
    return [quoted, `*${quoted}`, `*.*${quoted}`]
  })
  const options = { level, base: null, redact: { paths, censor: '[hidden]' } }
  const target = destination ?? process.stdout
  return pino(options, {
    write(line: string): void {
      target.write(line.replace(secretShapes, '[hidden]'))
    },
  })
}
