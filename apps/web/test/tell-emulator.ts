/** Changes how the sandbox's AMC behaves; its address is the one that the sign-in leads to. */
export async function tellEmulator(url: string, method: string, path: string, body?: object): Promise<void> {
  const login = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'sandbox' }),
  })
  const { authorizationUrl } = (await login.json()) as { authorizationUrl: string }
  const answer = await fetch(`${new URL(authorizationUrl).origin}/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`The emulator answered ${answer.status}: ${await answer.text()}`)
}
