/** A share of 0 to 1 as per cent. What is more than nothing never reads as 0, what is less than all never as 100. */
export function percent(share: number, digits = 1): string {
  const step = 10 ** -digits
  const value = share * 100
  if (value > 0 && value < step / 2) return `< ${step} %`
  if (value < 100 && value > 100 - step / 2) return `> ${100 - step} %`
  return `${value.toFixed(digits)} %`
}
