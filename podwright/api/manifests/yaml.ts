// How kubectl reads YAML.
import type { DocumentOptions, ParseOptions, Scalar, ScalarTag, SchemaOptions } from 'yaml';

/** What YAML 1.1 has beyond JSON, and kubectl's reader has not: it takes dates, times and the like for text. */
const NOT_KUBECTLS = /:(timestamp|binary|set|omap|pairs)$/;

/** YAML 1.2's octal number, which kubectl's reader takes beside 1.1's: `0o644` and `0644`. */
const OCTAL: ScalarTag = {
  identify: (value) => typeof value === 'number',
  default: true,
  tag: 'tag:yaml.org,2002:int',
  format: 'OCT',
  test: /^[-+]?0[oO][0-7]+$/,
  resolve: (text) => Number.parseInt(text.replace(/0o/i, ''), 8),
  stringify: (item) => String((item as Scalar).value),
};

/**
 * Options of the YAML reader by which it says what kubectl's says: YAML 1.1 (`yes` is true, `0644` is octal, `<<`
 * merges), less what is not in JSON.
 */
export const AS_KUBECTL: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  customTags: (tags) => [
    OCTAL,
    ...tags.filter((tag) => typeof tag === 'string' || !(tag.format === 'TIME' || NOT_KUBECTLS.test(tag.tag))),
  ],
  prettyErrors: false,
  logLevel: 'silent',
};
