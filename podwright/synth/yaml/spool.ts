/**
 * Takes texts piece by piece, and keeps them as UTF-8 in few large buffers. Putting bytes where they are to stay costs
 * a fraction of what it costs to join strings, and leaves no garbage behind.
 */
export class Spool {
  private page = Buffer.allocUnsafeSlow(0);
  /** Where the text on the page begins that is not at its end yet. */
  private start = 0;
  private used = 0;

  put(piece: string): void {
    const { length } = piece;
    // No UTF-16 unit takes more than three bytes.
    if (this.page.length - this.used < length * 3) this.turn(length * 3);
    const { page, used } = this;
    if (length < SHORT) {
      let index = 0;
      for (; index < length; index++) {
        const code = piece.charCodeAt(index);
        if (code > 127) break;
        page[used + index] = code;
      }
      if (index === length) {
        this.used = used + length;
        return;
      }
    }
    this.used = used + page.write(piece, used);
  }

  /** How many bytes the text has that is not at its end yet. */
  get length(): number {
    return this.used - this.start;
  }

  /** @returns the bytes of the text that was put since the last one; nothing changes them. */
  end(): Uint8Array {
    const bytes = this.page.subarray(this.start, this.used);
    this.start = this.used;
    return bytes;
  }

  /** Forgets what was put of the text since it had so many bytes. */
  cut(length: number): void {
    this.used = this.start + length;
  }

  /** Goes on with the text on a new page. */
  private turn(room: number): void {
    const begun = this.page.subarray(this.start, this.used);
    this.page = Buffer.allocUnsafeSlow(Math.max(PAGE, (begun.length + room) * 2));
    this.page.set(begun);
    this.start = 0;
    this.used = begun.length;
  }
}

/** Up to here a loop is faster than a call of Node's. */
const SHORT = 100;

/** Bytes. Of a page that is not written to the end, the rest takes no memory. */
const PAGE = 1 << 20;
