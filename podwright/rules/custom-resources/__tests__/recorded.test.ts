// What the API server's own code said of custom resources, recorded by scripts/record-custom-resources.mjs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptCrdsIn } from '../../../api/crds';
import { checkAll } from '../../families';
import { dotted } from '../../schema/decode-faults';

interface Recorded {
  /** Field, reason and message of each cause; none for an object that is accepted. */
  readonly causes: readonly (readonly [field: string, reason: string, message: string])[];
  readonly object: object;
}

const recorded = readFileSync(join(__dirname, '..', '__fixtures__', 'verdicts.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);
const crds = () => keptCrdsIn(join(__dirname, '..', '..', '..', '..', 'imports'));

/** The server names no field where one of several schemas had to fit. */
const COMBINED = /\((?:anyOf|oneOf|allOf|not)\)/;

test('says of recorded variants of custom resources what the API server said, in its words', () => {
  const found = recorded.map((): string[][] => []);
  const objects = recorded.map(({ object }) => object);
  for (const { index, pointer, field, reason = '', message } of checkAll(objects, {
    targets: ['1.34'],
    families: ['api'],
    crds,
  })) {
    const steps = pointer.split('/').slice(1);
    const own = dotted(steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/'))));
    const named = reason === 'UnknownField' ? '' : COMBINED.test(message) ? '<nil>' : (field ?? own);
    found[index]?.push([named, reason, message]);
  }
  const sorted = (causes: readonly (readonly string[])[]) => causes.map((cause) => cause.join(' ')).sort();
  expect(found.map(sorted)).toEqual(recorded.map(({ causes }) => sorted(causes)));
});
