// Runs a program of cdk8s or podwright in a process of its own: node run.js MAIN PACKAGE LIB.
import { loadProgram } from '../../synth/program/load';

const [main, packageRoot, lib] = process.argv.slice(2);
if (main !== undefined && packageRoot !== undefined && lib !== undefined) {
  loadProgram(main, { packageRoot, lib }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
