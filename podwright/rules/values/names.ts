// The forms of names in Kubernetes: each function says what is wrong with a text, in the API server's words, or
// nothing. Source: k8s.io/apimachinery/pkg/util/validation.

/** What is wrong with a text; undefined: nothing. */
export type Problems = readonly string[] | undefined;

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const WORD = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const UNDERSCORE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const label = whole(LABEL);
const subdomain = whole(SUBDOMAIN);
const label1035 = whole(LABEL_1035);
const word = whole(WORD);
const labelText = whole(`(${WORD})?`);
const underscoreSubdomain = whole(`${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`);
const wildcardSubdomain = whole(`\\*\\.${SUBDOMAIN}`);

/** The server's wording for a text that a pattern does not match. */
export function patternProblem(text: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${text} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example, index) => `${index ? ' or ' : ''}'${example}', `).join('');
  return `${text} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

const LABEL_FORM = patternProblem(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  'my-name',
  '123-abc',
);
const SUBDOMAIN_FORM = patternProblem(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  'example.com',
);
const UNDERSCORE_FORM = patternProblem(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
  `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`,
  'example.com',
);
const WILDCARD_FORM = patternProblem(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  `\\*\\.${SUBDOMAIN}`,
  '*.example.com',
);
const LABEL_1035_FORM = patternProblem(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  LABEL_1035,
  'my-name',
  'abc-123',
);
const WORD_FORM = patternProblem(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  WORD,
  'MyName',
  'my.name',
  '123-abc',
);
const LABEL_VALUE_FORM = patternProblem(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  `(${WORD})?`,
  'MyValue',
  'my_value',
  '12345',
);

/**
 * What is said of a text that is too long: it is bytes that are counted, and characters that most checks speak of.
 * Those of labels' values and of qualified names speak of bytes since 1.35.
 */
export const longer = (most: number, unit: 'characters' | 'bytes' = 'characters') =>
  `must be no more than ${most} ${unit}`;

/** The length that the API server counts: bytes of UTF-8. */
export function byteLength(text: string): number {
  // Three bytes a UTF-16 unit are the most there can be: short texts need no counting.
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return Buffer.byteLength(text);
  return text.length;
}

/** A text of at most `most` bytes that matches a pattern. */
function named(pattern: RegExp, problem: string, most: number, unit?: 'bytes'): (text: string) => Problems {
  return (text) => {
    if (text.length <= most && pattern.test(text)) return undefined;
    const problems: string[] = [];
    if (byteLength(text) > most) problems.push(longer(most, unit));
    if (!pattern.test(text)) problems.push(problem);
    return problems;
  };
}

/** `my-name`: a DNS label as RFC 1123 has it. */
export function dnsLabel(text: string): Problems {
  if (text.length <= 63 && label.test(text)) return undefined;
  const problems: string[] = [];
  if (byteLength(text) > 63) problems.push(longer(63));
  if (!label.test(text)) problems.push(subdomain.test(text) ? 'must not contain dots' : LABEL_FORM);
  return problems;
}

/** A DNS label before the releases that said `must not contain dots`. */
export const dnsLabelPlain = named(label, LABEL_FORM, 63);
/** `my-name.example.com`: DNS labels with dots between them. */
export const dnsSubdomain = named(subdomain, SUBDOMAIN_FORM, 253);
/** A DNS subdomain whose labels may hold underscores: `_tcp.example.com`. */
export const dnsSubdomainWithUnderscore = named(underscoreSubdomain, UNDERSCORE_FORM, 253);
/** `*.example.com`. */
export const wildcardDnsSubdomain = named(wildcardSubdomain, WILDCARD_FORM, 253);
/** A DNS label that begins with a letter: the names of Services. */
export const dnsLabel1035 = named(label1035, LABEL_1035_FORM, 63);
/** A label's value: `my_value`, or ''. */
export const labelValue = named(labelText, LABEL_VALUE_FORM, 63, 'bytes');
/** The DNS subdomain before a qualified name. */
const prefixPart = named(subdomain, SUBDOMAIN_FORM, 253, 'bytes');

/** A name, with an optional DNS subdomain before it: `example.com/MyName`. Label keys have this form. */
export function qualifiedName(text: string): Problems {
  const slash = text.indexOf('/');
  if (slash < 0 ? text.length <= 63 && word.test(text) : false) return undefined;
  const parts = text.split('/');
  if (parts.length > 2) {
    return [`a qualified name ${WORD_FORM} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const problems: string[] = [];
  const name = parts[parts.length - 1] as string;
  if (parts.length === 2) {
    const prefix = parts[0] as string;
    if (prefix === '') problems.push('prefix part must be non-empty');
    else for (const problem of prefixPart(prefix) ?? []) problems.push(`prefix part ${problem}`);
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (byteLength(name) > 63) problems.push(`name part ${longer(63, 'bytes')}`);
  if (!word.test(name)) problems.push(`name part ${WORD_FORM}`);
  return problems.length > 0 ? problems : undefined;
}

/** A name that the API server completes (metadata.generateName): a hyphen at its end is fine. */
export function asPrefix(problems: (text: string) => Problems): (text: string) => Problems {
  return (text) => problems(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}
