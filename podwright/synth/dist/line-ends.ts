// Git may write dist with the line ends of Windows: it says the same.

/** A file's content with the line ends that synthesis writes. */
export function unixEnds(content: Buffer): Buffer {
  return content.includes('\r\n') ? Buffer.from(content.toString().replaceAll('\r\n', '\n')) : content;
}

/** Whether a file has a content, whatever its line ends. */
export function sameText(there: Buffer, content: Uint8Array): boolean {
  return there.equals(content) || (there.length > content.length && unixEnds(there).equals(content));
}
