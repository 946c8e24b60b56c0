/** Host and port of `name`, `name:port`, `[address]:port` or a bare IPv6 address; 443 without a port. */
export function parseTarget(text: string): { host: string; port: number } {
  const [, bracketed, name, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text.trim()) ?? []
  return { host: bracketed ?? name ?? text.trim(), port: Math.min(Number(port ?? 443), 65_535) }
}
