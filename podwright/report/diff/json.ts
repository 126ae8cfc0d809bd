import type { DiffReport } from '../diff';

/** For programs: the report as it is. */
export function formatDiffJson(report: DiffReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
