/** Stops this thread: reading and writing are synchronous, as cdk8s's are, so that a program may end right after them. */
export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
