export interface PasswordRule {
  text: string
  met: boolean
}

/** The rules of a password in words, each with whether `next` meets it. The server holds to the same ones. */
export function passwordRules(
  next: string,
  repeated: string,
  username: string,
  current: string,
): PasswordRule[] {
  const length = [...next].length
  return [
    { text: '12 to 256 characters; a few words in a row do well', met: length >= 12 && length <= 256 },
    { text: 'Not the user name', met: length > 0 && next.toLowerCase() !== username.toLowerCase() },
    { text: 'Not the password you have now', met: length > 0 && next !== current },
    { text: 'Typed the same twice', met: length > 0 && next === repeated },
  ]
}
