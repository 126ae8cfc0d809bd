/**
 * Takes texts and keeps them as UTF-8 in few large buffers: a text of which nothing but its bytes is needed is garbage
 * at once, which costs next to nothing, where thousands that wait for one another cost half of a synthesis.
 */
export class Spool {
  private page = Buffer.allocUnsafeSlow(0);
  private used = 0;

  /** @returns the bytes of the text, which no later one changes. */
  add(text: string): Uint8Array {
    // No UTF-16 unit takes more than three bytes.
    const room = text.length * 3;
    if (this.page.length - this.used < room) {
      this.page = Buffer.allocUnsafeSlow(Math.max(PAGE, room));
      this.used = 0;
    }
    const start = this.used;
    this.used += this.page.write(text, start);
    return this.page.subarray(start, this.used);
  }
}

/** Bytes. Pages that are not written to are not in memory. */
const PAGE = 1 << 20;
