// SHA-256 (FIPS 180-4) of short contents: a Pod's manifest is hashed in the tenth of the time that node:crypto, which
// brings all of its ciphers and streams, takes to load.

/** The first 32 bits of the fractional parts of a root of each prime, up to a count of them. */
function fractions(count: number, root: (prime: number) => number): Int32Array {
  const words = new Int32Array(count);
  for (let number = 2, at = 0; at < count; number++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) isPrime = false;
    if (isPrime) words[at++] = (root(number) % 1) * 2 ** 32;
  }
  return words;
}

let constants: { readonly rounds: Int32Array; readonly start: Int32Array } | undefined;

/** The digest in hexadecimal digits. */
export function sha256(content: Uint8Array): string {
  constants ??= { rounds: fractions(64, Math.cbrt), start: fractions(8, Math.sqrt) };
  const { rounds, start } = constants;
  const { length } = content;
  const blocks = (length + 8) >> 6;
  const padded = new DataView(new ArrayBuffer((blocks + 1) << 6));
  new Uint8Array(padded.buffer).set(content);
  padded.setUint8(length, 0x80);
  padded.setUint32(padded.byteLength - 8, length / 2 ** 29);
  padded.setUint32(padded.byteLength - 4, length << 3);
  const state = start.slice();
  const words = new Int32Array(64);
  const word = (at: number) => words[at] as number;
  for (let block = 0; block < padded.byteLength; block += 64) {
    for (let at = 0; at < 16; at++) words[at] = padded.getInt32(block + 4 * at);
    for (let at = 16; at < 64; at++) {
      const x = word(at - 15);
      const y = word(at - 2);
      words[at] =
        word(at - 16) +
        (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) +
        word(at - 7) +
        (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let at = 0; at < 64; at++) {
      const one =
        h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (rounds[at] as number) + word(at);
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => {
      state[at] = (state[at] as number) + value;
    });
  }
  return [...state].map((value) => (value >>> 0).toString(16).padStart(8, '0')).join('');
}

function turn(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}
