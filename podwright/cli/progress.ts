import type { Output } from './output';

const SECOND = 1_000_000_000n;

/** One line of a terminal that tells how far a run is, once that takes longer than a second; gone at its end. */
export class Progress {
  private next: bigint;
  private shown = false;
  private isTerminal: boolean | undefined;

  /** @param started when the run began, by process.hrtime.bigint() */
  constructor(
    private readonly output: Output,
    private readonly started: bigint,
  ) {
    this.next = started + SECOND;
  }

  /** What is being done, how much of it is, and of how much if that is known. It may be told at each step. */
  readonly tell = (what: string, done: number, of?: number): void => {
    const now = process.hrtime.bigint();
    if (now < this.next) return;
    this.next = now + SECOND / 10n;
    this.isTerminal ??= this.output.isTTY ?? false;
    if (!this.isTerminal) return;
    const count = (number: number) => number.toLocaleString('en');
    const seconds = Number((now - this.started) / (SECOND / 10n)) / 10;
    const much = of === undefined ? count(done) : `${count(done)} of ${count(of)}`;
    this.output.write(`\r\x1b[K${what}: ${much}, ${seconds.toFixed(1)} s`);
    this.shown = true;
  };

  /** Leaves the line as it was before: something else is to be printed. */
  erase(): void {
    if (this.shown) this.output.write('\r\x1b[K');
    this.shown = false;
  }
}
