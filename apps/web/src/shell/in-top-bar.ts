/** Puts a popover into the top bar's element, so that its content belongs to a landmark (axe: region). */
export function inTopBar(): { UNSTABLE_portalContainer?: HTMLElement } {
  const bar = document.querySelector('.topbar')
  return bar instanceof HTMLElement ? { UNSTABLE_portalContainer: bar } : {}
}
