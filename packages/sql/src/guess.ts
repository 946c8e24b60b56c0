import { nearest } from './nearest.ts'

/** ` Did you mean “name”?`, or nothing where no name is near. */
export type Guess = (name: string, names: () => Iterable<string>) => string

/** More guesses than anybody reads are not worked out: a text may hold thousands of unknown names. */
const mostGuesses = 100

/** Makes the guesses of one look over a statement. */
export function openGuesses(): Guess {
  let left = mostGuesses
  return (name, names) => {
    const near = left-- > 0 ? nearest(name, names()) : undefined
    return near ? ` Did you mean “${near}”?` : ''
  }
}
