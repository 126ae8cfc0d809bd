import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { blocksOf, commands, fileOf } from '../../podwright/__tests__/pages';
import type { Namespace } from './namespace';
import { currentRun } from './run';

const ROOT = resolve(__dirname, '..', '..');
const BIN = join(ROOT, 'podwright', 'bin', 'podwright.js');

/** What stands in for what a test cannot have: a registry of packages, a server of git, Flux's source-controller. */
export interface StandIns {
  /** Hands the repository's last commit to Flux. */
  readonly push: (folder: string) => Promise<void>;
}

/**
 * Does what a page says, command by command, in a new folder.
 *
 * @param edits by the command that they come before: what is replaced, and by what, in the page's files
 * @returns what each command printed
 */
export async function walk(
  page: string,
  namespace: Namespace,
  { push }: StandIns,
  edits: Readonly<Record<string, { readonly file: string; readonly from: string; readonly to: string }>>,
): Promise<ReadonlyMap<string, string>> {
  const printed = new Map<string, string>();
  const blocks = blocksOf(page);
  let folder = join(currentRun().folder, 'walk');
  mkdirSync(folder);
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'e2e'],
      [`GIT_${who}_EMAIL`, 'e2e@example.com'],
    ]),
  );
  for (const command of blocks.filter(({ language }) => language === 'sh').flatMap(commands)) {
    const edit = edits[command];
    if (edit) {
      const text = readFileSync(join(folder, edit.file), 'utf8');
      if (!text.includes(edit.from)) throw new Error(`${edit.file} of ${page} lacks '${edit.from}'`);
      writeFileSync(join(folder, edit.file), text.replace(edit.from, edit.to));
    }
    if (command.startsWith('cd ')) folder = join(folder, command.slice(3));
    else if (command.startsWith('git push')) await push(folder);
    else if (command === 'npm install') {
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      // The page shows its files from here on.
      for (const block of blocks) {
        const file = block.language === 'ts' && fileOf(block);
        if (!file) continue;
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), block.text);
      }
    } else if (!command.startsWith('flux ')) {
      const { code, stdout, stderr } = await namespace.run(command.replace(/^npx podwright/, `node "${BIN}"`), {
        cwd: folder,
        env: { ...namespace.env, ...env },
      });
      // A difference is what `diff` is asked for.
      if (code !== 0 && !(code === 1 && command.startsWith('npx podwright diff')))
        throw new Error(`${page}: '${command}' ended with ${code}: ${stdout}${stderr}`);
      printed.set(command, stdout);
    }
  }
  return printed;
}
