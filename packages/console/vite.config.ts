import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.QUARRY_URL ?? 'http://127.0.0.1:8490'
/** Addresses of the API and its pages; everything else is the console's own. */
const api =
  '^/(api|whoami|live-discover|endpoint|quarry|xdr-query|live-response)/v\\d|^/(openapi\\.json|docs)'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { host: '127.0.0.1', port: 8491, proxy: { [api]: { target: server } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Browsers that know `light-dark()`: for older ones it would be rewritten into variables that nobody sets.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Nothing is inlined, so that the content security policy needs no `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
