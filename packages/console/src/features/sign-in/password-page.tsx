/** Changes the one-time password, before anything else. */
export function PasswordPage() {
  return <h1>Choose a password</h1>
}
