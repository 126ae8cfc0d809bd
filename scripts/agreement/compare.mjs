// Our findings on an object beside the API server's verdict on it.

/** Verdicts that say nothing of the object: the oracle does not know its kind, or broke. */
export const isNoVerdict = ({ message }) =>
  /^not judged|no kind "|no version "|^panic|Object 'Kind' is missing/.test(message ?? '');

const plain = (field) => field.replaceAll('[', '.').replaceAll(']', '').replaceAll('..', '.');

/** The fields that a verdict names, normal: `spec.containers.0.name`; undefined where it names none. */
export function fieldsOf(verdict) {
  if (verdict.causes?.length) return new Set(verdict.causes.map(({ field }) => plain(field)));
  const strict = [...verdict.message.matchAll(/(?:unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g)].map(([, field]) =>
    plain(field),
  );
  if (strict.length > 0) return new Set(strict);
  const decoding = /Go struct field \w*\.([^ ]*) of type/.exec(verdict.message);
  // Newer Go names embedded structs, too: `VolumeSource`.
  return decoding ? new Set([decoding[1].replace(/(^|\.)[A-Z]\w*(?=\.)/g, '').replace(/^\./, '')]) : undefined;
}

/** The field of a finding as the API server would spell it. */
export function ownField({ field, pointer, ruleId }, decoding) {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const spelt = plain(field ?? steps.join('.'));
  if (!decoding || !/^api\/(type|quantity|time|base64)$/.test(ruleId)) return spelt;
  return spelt
    .split('.')
    .filter((step) => !/^\d+$/.test(step))
    .join('.');
}

/**
 * @returns agree: whether both accept or both refuse; first: whether our first finding's field is one of the server's,
 * undefined where the server names none or has nothing to name
 */
export function compare(verdict, findings) {
  const agree = verdict.valid === (findings.length === 0);
  if (verdict.valid || !agree) return { agree };
  const fields = fieldsOf(verdict);
  return { agree, first: fields?.has(ownField(findings[0], !verdict.causes)) };
}

/** Counts of a class. */
export class Count {
  all = 0;
  agreed = 0;
  accepted = 0;
  alarms = 0;
  named = 0;
  first = 0;

  add(verdict, { agree, first }) {
    this.all++;
    if (agree) this.agreed++;
    if (verdict.valid) this.accepted++;
    if (verdict.valid && !agree) this.alarms++;
    if (first !== undefined) this.named++;
    if (first) this.first++;
  }
}
