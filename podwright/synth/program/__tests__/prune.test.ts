import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { prune } from '../prune';

test('keeps the packs of the sixteen programs that were compiled last, and what is not a pack', () => {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-prune-'));
  const file = (name: string, minutesAgo: number) => {
    fs.writeFileSync(join(folder, name), '');
    const time = Date.now() / 1000 - minutesAgo * 60;
    fs.utimesSync(join(folder, name), time, time);
  };
  const ids = [...Array(20).keys()].map((number) => number.toString(16).padStart(8, '0'));
  ids.forEach((id, age) => {
    file(`${id}.program`, age);
    file(`${id}.packages`, age + 60);
    file(`${id}.seal`, age);
  });
  file('lib-0123456789abcdef', 999);
  file(`${ids[0]}.program.77.tmp`, 0);
  file(`${ids[1]}.packages.77.tmp`, 2);
  prune(folder);
  expect(fs.readdirSync(folder).sort()).toEqual(
    [
      ...ids.slice(0, 16).flatMap((id) => [`${id}.packages`, `${id}.program`, `${id}.seal`]),
      `${ids[0]}.program.77.tmp`,
      'lib-0123456789abcdef',
    ].sort(),
  );
  fs.rmSync(folder, { recursive: true });
});
