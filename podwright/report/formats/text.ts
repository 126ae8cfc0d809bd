import type { CheckReport } from '../located';
import { formatFindings } from '../text';

/** For a terminal: a line a finding; nothing where there is none. */
export function formatText({ findings }: CheckReport): string {
  return formatFindings(findings);
}
