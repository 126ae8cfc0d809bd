import { sweep } from './sweeper';

/** After all files: leaves nothing behind, and fails the run where that fails. */
export default async function teardown(): Promise<void> {
  await sweep();
}
