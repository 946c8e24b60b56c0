/** One address of a network interface. */
export interface InterfaceAddress {
  interface: string
  address: string
  /** Leading bits of the network; 32 or 128 for a single address. */
  prefix: number
  /** '' without one. */
  broadcast: string
  /** The other end of a point-to-point link; '' without one. */
  peer: string
}
