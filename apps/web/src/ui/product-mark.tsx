/** The product's mark. */
export function ProductMark({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden>
      <rect x="1.5" y="7" width="3.4" height="6" rx="1.7" fill="var(--c-text)" />
      <rect x="6.1" y="3.5" width="3.4" height="13" rx="1.7" fill="var(--c-text)" />
      <rect x="10.7" y="1" width="3.4" height="18" rx="1.7" fill="var(--c-accent)" />
      <rect x="15.3" y="6" width="3.4" height="8" rx="1.7" fill="var(--c-text)" />
    </svg>
  )
}
