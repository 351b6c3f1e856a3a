import { people } from '../world/people.ts'

/** The page on which a person of the sandbox is chosen; `fields` come back with the choice. */
export function consentPage(fields: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('')
  const choices = people
    .map((person) => {
      const instances = person.accounts.flatMap((account) => account.instances).length
      return `<li><button name="approve" value="${person.key}"><b>${escape(person.name)}</b> <span>${escape(person.email)}: ${counted(person.accounts.length, 'account')}, ${counted(instances, 'instance')}</span></button></li>`
    })
    .join('')
  return page(
    'Sign in to the sandbox',
    `<p>This page stands in for Login with Amazon. Nobody here is real; pick who you want to be.</p>
<form method="post" action="/ap/oa">${hidden}<ul>${choices}</ul><button class="quiet" name="approve" value="">Refuse</button></form>`,
  )
}

/** What Amazon shows instead of a redirect when the request itself cannot be trusted. */
export function consentErrorPage(message: string): string {
  return page('The sign-in cannot go on', `<p role="alert">${escape(message)}</p>`)
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: light-dark(#f4f5f7, #14171c); color: light-dark(#1c2027, #e7eaf0) }
main { max-width: 30rem; margin: 10vh auto 0; padding: 1.5rem }
h1 { font-size: 1.4rem; margin: 0 0 .5rem }
ul { list-style: none; margin: 1.5rem 0; padding: 0 }
li { margin: .5rem 0 }
button { width: 100%; padding: .75rem 1rem; font: inherit; text-align: left; cursor: pointer; border-radius: 8px; border: 1px solid light-dark(#767d89, #8b93a1); background: light-dark(#fff, #1d222a); color: inherit }
button:hover { border-color: light-dark(#0b57d0, #a8c7fa) }
button:focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px }
span { display: block; color: light-dark(#4d5562, #b4bcc9) }
.quiet { width: auto; background: none }
</style>
</head>
<body><main><h1>${title}</h1>
${body}
</main></body>
</html>
`
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
