// The formats of reports, by name.
import type { CheckReport } from '../located';
import { formatGithub } from './github';
import { formatJson } from './json';
import { formatJunit } from './junit';
import { formatSarif } from './sarif';
import { formatText } from './text';

/** The names of the formats. */
export const FORMAT_NAMES = ['text', 'json', 'sarif', 'junit', 'github'] as const;

/** See {@link FORMAT_NAMES}. */
export type Format = (typeof FORMAT_NAMES)[number];

/** Writes a report; the version is that of the toolkit. */
export const FORMATS: { readonly [F in Format]: (report: CheckReport, version: string) => string } = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  junit: formatJunit,
  github: formatGithub,
};
