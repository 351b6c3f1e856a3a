import type { ParameterDeclaration } from '@recomamp/contracts'

/**
 * The declarations of a text: what was declared, as it stands, and behind it a guess for each name that is new. Declarations
 * that no text uses any more stay, so that cut and pasted text finds them again.
 */
export function mergeDeclarations(
  declared: readonly ParameterDeclaration[],
  inferred: readonly ParameterDeclaration[],
): ParameterDeclaration[] {
  const names = new Set(declared.map((each) => each.name))
  return [...declared, ...inferred.filter((guess) => !names.has(guess.name))]
}
