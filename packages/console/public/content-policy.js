// Runs before every module, so that libraries keep to the content security policy of the page from their first line on.
// Zod: do not try whether code may be made from text; the answer is no, and the try is reported as a violation.
globalThis.__zod_globalConfig = { jitless: true }
// react-style-singleton, under Mantine's dialogs: the nonce for the style elements that it writes.
globalThis.__webpack_nonce__ = document.querySelector('meta[name="csp-nonce"]').content
