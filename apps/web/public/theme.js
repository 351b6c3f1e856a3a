// Runs before the first paint, as a file of its own because the content security policy allows no inline script.
try {
  const { dataset } = document.documentElement
  const theme = localStorage.getItem('recomamp.theme')
  if (theme === 'light' || theme === 'dark') dataset.theme = theme
  if (localStorage.getItem('recomamp.density') === 'roomy') dataset.density = 'roomy'
  if (localStorage.getItem('recomamp.motion') === 'reduced') dataset.motion = 'reduced'
} catch {
  // Storage can be switched off; the system's setting then decides.
}
