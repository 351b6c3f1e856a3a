/** Shapes of credentials: Amazon's tokens, JWTs, Fernet tokens, our tokens, invitations and signing secrets, bearer headers, passwords in
 *  addresses. Wider than what the log leaves out, so that a hole there is seen. */
const shapes =
  /Atz[ar]\|\S{6}|eyJ[\w-]{8,}\.[\w-]{4,}\.|gAAAA[\w-]{16}|rc[im]_[\w-]{16}|whsec_[\w+/]{16}|bearer\s+(?!\[hidden\])\S{8}|:\/\/[^/\s:@"]+:(?!\[hidden\])[^/\s@"]+@/gi

/** Reads everything that a test's servers log. */
export interface LogScan {
  /** A log writes here. */
  write(line: string): void
  /** A secret that exists in this test, whatever its shape. */
  know(secret: string): void
  /** Throws when anything that was logged holds a credential, without repeating it. */
  demandClean(): void
}

export function createLogScan(): LogScan {
  const lines: string[] = []
  const secrets = new Set<string>()
  return {
    write: (line) => void lines.push(line),
    know: (secret) => {
      if (secret.length >= 12) secrets.add(secret)
    },
    demandClean() {
      const bad = lines.filter(
        (line) => line.search(shapes) >= 0 || [...secrets].some((secret) => line.includes(secret)),
      )
      if (bad.length === 0) return
      const hidden = bad.map((line) => hide(line.replaceAll(shapes, '<credential>'), secrets))
      throw new Error(`The log holds credentials:\n${hidden.slice(0, 5).join('')}`)
    },
  }
}

function hide(line: string, secrets: ReadonlySet<string>): string {
  let hidden = line
  for (const secret of secrets) hidden = hidden.replaceAll(secret, '<credential>')
  return hidden
}
