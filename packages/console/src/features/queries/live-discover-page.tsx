/** Live Discover: the catalogue of queries. */
export function LiveDiscoverPage() {
  return <h1>Live Discover</h1>
}
