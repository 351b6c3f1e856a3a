import { useEffect, useState } from 'react'

interface Typed {
  text: string
  /** What the address said last. */
  address: string
  /** Texts that are on their way into the address. */
  sent: readonly string[]
}

/** A text that is shown as it is typed and follows into the address when the typing rests; `send`, which puts it there, must keep
 *  its identity. */
export function useTypedText(inAddress: string, send: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState<Typed>({ text: inAddress, address: inAddress, sent: [] })
  if (typed.address !== inAddress)
    // What was sent has arrived and may have grown since; anything else was chosen elsewhere, such as by a link.
    setTyped(
      typed.sent.includes(inAddress)
        ? { ...typed, address: inAddress }
        : { text: inAddress, address: inAddress, sent: [] },
    )
  const { text } = typed
  useEffect(() => {
    if (text === inAddress) return
    const { pathname } = window.location
    const timer = setTimeout(() => {
      // Whoever has gone to another page, which may still be loading, is not called back.
      if (window.location.pathname !== pathname) return
      setTyped((old) => ({ ...old, sent: [...old.sent.slice(-1), text] }))
      send(text)
    }, 250)
    return () => clearTimeout(timer)
  }, [text, inAddress, send])
  return [text, (next) => setTyped((old) => ({ ...old, text: next }))]
}
