// Runs before the first paint, as a file of its own because the content security policy allows no inline script.
try {
  const theme = localStorage.getItem('recomamp.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage can be switched off; the system's setting then decides.
}
