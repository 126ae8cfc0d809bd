// The formats of diffs, by name.
import type { DiffReport } from '../diff';
import { formatDiffHtml } from './html';
import { formatDiffJson } from './json';
import { formatDiffMarkdown } from './markdown';
import { formatDiffText } from './text';

/** The names of the formats. */
export const DIFF_FORMAT_NAMES = ['text', 'markdown', 'json', 'html'] as const;

/** See {@link DIFF_FORMAT_NAMES}. */
export type DiffFormat = (typeof DIFF_FORMAT_NAMES)[number];

/** Writes a diff. */
export const DIFF_FORMATS: { readonly [F in DiffFormat]: (report: DiffReport) => string } = {
  text: formatDiffText,
  markdown: formatDiffMarkdown,
  json: formatDiffJson,
  html: formatDiffHtml,
};
