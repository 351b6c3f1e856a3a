import type { Page } from 'playwright-core'

declare global {
  interface Window {
    changesSeen: number
  }
}

/** What a press leads to is begun by then. */
const patienceMs = 3000

/** Presses every button of a page, in tabs beside the given one, and names those after which nothing changed, was asked for, saved or
 *  opened. */
export async function deadButtons(beside: Page, url: string, within: string): Promise<string[]> {
  let asked = 0
  const count = () => (asked += 1)
  // A tab of its own each time, since what a press began may still lead away from the one before.
  const openTab = async () => {
    const tab = await beside.context().newPage()
    tab.on('request', count)
    tab.on('download', count)
    tab.on('filechooser', count)
    await tab.goto(url)
    await tab.getByRole('navigation', { name: 'Main' }).waitFor()
    // What is still read draws by itself and would stand for an answer to the press.
    await tab.waitForFunction(() => document.querySelector('.skeleton') === null)
    await tab.waitForTimeout(250)
    return tab
  }
  const dead: string[] = []
  const seen = new Set<string>()
  const pressed = new Set<string>()
  let page = await openTab()
  for (;;) {
    const buttons = await page.locator(within).getByRole('button', { disabled: false }).evaluateAll(buttonsOf)
    const at = buttons.findIndex(({ name, kind }) => !pressed.has(name) && !seen.has(kind))
    const button = buttons[at]
    if (button === undefined) break
    const { name, kind } = button
    pressed.add(name)
    seen.add(kind)
    await watch(page)
    const before = asked
    await page.locator(within).getByRole('button', { disabled: false }).nth(at).click()
    const acted = () => asked > before || new URL(page.url()).href !== url
    const changed = async () => page.evaluate(() => window.changesSeen > 0)
    const until = Date.now() + patienceMs
    let isAlive = false
    while (!isAlive && Date.now() < until) {
      isAlive = acted() || (await changed().catch(() => true))
      if (!isAlive) await page.waitForTimeout(50)
    }
    if (!isAlive) dead.push(`${new URL(url).pathname}: ${name}`)
    if (acted() || (await staysOpen(page))) {
      await page.close()
      page = await openTab()
    }
  }
  await page.close()
  return dead
}

/** Closes what the press opened, and tells whether something of it is there still. */
async function staysOpen(page: Page): Promise<boolean> {
  for (let layer = 0; layer < 2; layer += 1) await page.keyboard.press('Escape')
  const opened = page.getByRole('dialog').or(page.getByRole('listbox')).or(page.getByRole('menu'))
  return (await opened.count()) > 0
}

/** Each button with its name and its kind: those at the same place in the rows of a list are of one kind, and those of one verb whose
 *  names go on with the name of a field or with a title. */
function buttonsOf(buttons: Element[]): { name: string; kind: string }[] {
  return buttons.map((button) => {
    const name = `${button.getAttribute('aria-label') ?? ''} ${button.textContent ?? ''}`.trim()
    const row = button.closest('li, tr, [role=row]')
    if (row === null)
      return {
        name,
        kind: name
          .replace(/\S+_.*|“.*/, '…')
          .split(' ')
          .slice(0, 2)
          .join(' '),
      }
    const place = [...row.querySelectorAll('button, [role=button]')].indexOf(button)
    const isHead = row.querySelector('th[scope=col], [role=columnheader]') !== null
    const list = row.parentElement?.closest('[aria-label]')?.getAttribute('aria-label')
    return { name, kind: `${list}, ${place} in ${isHead ? 'the head' : 'a row'}` }
  })
}

/** Counts what changes on the page, the looks of what is pressed or has the focus aside. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const states = ['expanded', 'pressed', 'checked', 'selected', 'current', 'sort', 'label'].map(
      (name) => `aria-${name}`,
    )
    window.changesSeen = 0
    // The focus goes to what is pressed in any case.
    addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement && target.tagName !== 'BUTTON') window.changesSeen += 1
    })
    addEventListener('scroll', () => (window.changesSeen += 1), { capture: true })
    new MutationObserver((changes) => (window.changesSeen += changes.length)).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: [...states, 'data-theme', 'value'],
    })
  })
}
