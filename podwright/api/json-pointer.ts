// JSON pointers: the steps from a whole to a part of it, as one text. Source: RFC 6901.

/** A pointer's text of its steps: `/metadata/labels/app.kubernetes.io~1name`; '' is the whole. */
export function pointerOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${escapeStep(String(step))}`).join('');
}

/** The steps of a pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map(unescapeStep);
}

/** One step as a pointer has it. */
export function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** One step of a pointer as it is meant. */
export function unescapeStep(step: string): string {
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step;
}
