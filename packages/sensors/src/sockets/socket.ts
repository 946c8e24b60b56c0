/** A socket of TCP or UDP as the kernel lists it. Addresses as `addressText` writes them. */
export interface Socket {
  /** 6 TCP, 17 UDP. */
  protocol: number
  /** As in include/net/tcp_states.h. For UDP 1 is connected and 7 is not. */
  state: number
  local: string
  localPort: number
  remote: string
  remotePort: number
  /** Number of the file in sockfs; 0 when no process holds it any more. */
  inode: number
  uid: number
  /** Inode of its network namespace, where it was read from a given one. */
  netns?: number
  /** Bytes that the other side acknowledged, and bytes received; TCP by inet_diag only. */
  sent?: number
  received?: number
}

const ESTABLISHED = 1
export const TCP_LISTEN = 10
const CLOSE = 7
const NEW_SYN_RECV = 12
const TIME_WAIT = 6

/** Waits for others: a listening socket of TCP, or one of UDP that is bound and talks to anybody. */
export const isListening = (socket: Socket) =>
  socket.protocol === 6
    ? socket.state === TCP_LISTEN
    : socket.state === CLOSE && socket.localPort !== 0 && socket.remotePort === 0

/** Talks, or lately did, with one other side, on behalf of a process. */
export const isConnection = (socket: Socket) =>
  socket.inode !== 0 &&
  socket.remotePort !== 0 &&
  (socket.protocol === 17
    ? socket.state === ESTABLISHED
    : ![CLOSE, TCP_LISTEN, NEW_SYN_RECV, TIME_WAIT].includes(socket.state))
