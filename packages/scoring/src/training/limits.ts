/** What a reader must know before trusting a score: part of the card of every model. */
export const limits = [
  'Experimental: a rank with a measured share of false alarms, not a probability, and never a verdict by itself.',
  'Learnt from malware of 2008 to 2013; it has not seen what came after.',
  'Reads the headers of PE files alone: no code, no strings, no behaviour.',
  'ELF files, scripts and documents get no score: −1.',
]
