/** What is missing of processes to an agent that is not root; nothing for one that is. */
export const unprivilegedLimits: readonly string[] =
  process.getuid?.() === 0
    ? []
    : [
        'The agent does not run as root: of processes of other users it sees no program file and no folder, and where /proc is mounted with hidepid, nothing at all. Run it as root to see them.',
      ]
