/**
 * Is a name one that a mail of ours may say? Mailboxes turn what looks like an address into a link, and people follow links
 * of a sender they trust: a name that holds one, or a host or mailbox, isn't said. Full-width signs are signs too.
 */
export function isPlainName(name: string): boolean {
  const text = name.normalize('NFKC')
  return text.trim() !== '' && !/[@/\\]|:\/|www\.|[\p{L}\p{N}][.。]\p{L}{2}/iu.test(text)
}
