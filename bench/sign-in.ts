/** Signs in at the sandbox as a browser does and answers with an access token; rejects when a step is not answered as expected. */
export async function signIn(server: string): Promise<string> {
  const cookies = new Map<string, string>()
  const visit = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: header } })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    return response
  }
  const begun = await visit(`${server}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'sandbox', returnTo: '/' }),
  })
  const { authorizationUrl } = (await begun.json()) as { authorizationUrl: string }
  const consent = await fetch(`${authorizationUrl}&auto_approve=ana`, { redirect: 'manual' })
  await visit(consent.headers.get('location') ?? '')
  const renewed = await visit(`${server}/api/auth/refresh`, { method: 'POST' })
  if (!renewed.ok) throw new Error(`signing in failed: ${renewed.status} ${await renewed.text()}`)
  return ((await renewed.json()) as { accessToken: string }).accessToken
}
