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

const longer = (most: number) => `must be no more than ${most} bytes`;

/** The length that the API server counts: bytes of UTF-8. */
export function byteLength(text: string): number {
  // Three bytes a UTF-16 unit are the most there can be: short texts need no counting.
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return Buffer.byteLength(text);
  return text.length;
}

/** A text of at most `most` bytes that matches a pattern. */
function named(pattern: RegExp, problem: string, most: number): (text: string) => Problems {
  return (text) => {
    if (text.length <= most && pattern.test(text)) return undefined;
    const problems: string[] = [];
    if (byteLength(text) > most) problems.push(longer(most));
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
export const labelValue = named(labelText, LABEL_VALUE_FORM, 63);

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
    else for (const problem of dnsSubdomain(prefix) ?? []) problems.push(`prefix part ${problem}`);
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (byteLength(name) > 63) problems.push(`name part ${longer(63)}`);
  if (!word.test(name)) problems.push(`name part ${WORD_FORM}`);
  return problems.length > 0 ? problems : undefined;
}

/** A name that the API server completes (metadata.generateName): a hyphen at its end is fine. */
export function asPrefix(problems: (text: string) => Problems): (text: string) => Problems {
  return (text) => problems(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

const portCharacters = /^[-a-z0-9]+$/;

/** The name of a port: `http`. */
export function portName(text: string): Problems {
  const problems: string[] = [];
  if (byteLength(text) > 15) problems.push(longer(15));
  if (!portCharacters.test(text)) {
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(text)) problems.push('must contain at least one letter (a-z)');
  if (text.includes('--')) problems.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems.length > 0 ? problems : undefined;
}

function parentFolderProblem(text: string): string | undefined {
  if (text === '.') return "must not be '.'";
  if (text === '..') return "must not be '..'";
  return text.startsWith('..') ? "must not start with '..'" : undefined;
}

const configKey = /^[-._a-zA-Z0-9]+$/;
const CONFIG_KEY_FORM = patternProblem(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  'key.name',
  'KEY_NAME',
  'key-name',
);

/** A key of a ConfigMap or Secret: `my.conf`. */
export function configMapKey(text: string): Problems {
  if (text.length <= 253 && configKey.test(text) && !text.startsWith('.')) return undefined;
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push(longer(253));
  if (!configKey.test(text)) problems.push(CONFIG_KEY_FORM);
  const folder = parentFolderProblem(text);
  if (folder) problems.push(folder);
  return problems.length > 0 ? problems : undefined;
}

const strictEnv = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const STRICT_ENV_FORM = patternProblem(
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
  '[-._a-zA-Z][-._a-zA-Z0-9]*',
  'my.env-name',
  'MY_ENV.NAME',
  'MyEnvName1',
);

/** An environment variable's name before RelaxedEnvironmentVariableValidation. */
export function strictEnvName(text: string): Problems {
  if (strictEnv.test(text) && !text.startsWith('.')) return undefined;
  const problems: string[] = [];
  if (!strictEnv.test(text)) problems.push(STRICT_ENV_FORM);
  const folder = parentFolderProblem(text);
  if (folder) problems.push(folder);
  return problems.length > 0 ? problems : undefined;
}

const relaxedEnv = /^[ -<>-~]*$/;

/** An environment variable's name: printable ASCII without `=`. */
export function envName(text: string): Problems {
  if (text === '') return ['environment variable name must be non-empty'];
  if (relaxedEnv.test(text)) return undefined;
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

const httpHeader = /^[-A-Za-z0-9]+$/;
const HTTP_HEADER_FORM = patternProblem(
  "a valid HTTP header must consist of alphanumeric characters or '-'",
  '[-A-Za-z0-9]+',
  'X-Header-Name',
);

/** The name of an HTTP header: `X-Header-Name`. */
export function httpHeaderName(text: string): Problems {
  return httpHeader.test(text) ? undefined : [HTTP_HEADER_FORM];
}

const percentage = /^[0-9]+%$/;
const PERCENT_FORM = patternProblem(
  "a valid percent string must be a numeric string followed by an ending '%'",
  '[0-9]+%',
  '1%',
  '93%',
);

/** `25%`. */
export function percent(text: string): Problems {
  return percentage.test(text) ? undefined : [PERCENT_FORM];
}

/** A name that can be part of a URL's path, and of nothing more. */
export function pathSegment(text: string): Problems {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  const problems = ['/', '%']
    .filter((character) => text.includes(character))
    .map((found) => `may not contain '${found}'`);
  return problems.length > 0 ? problems : undefined;
}

/** What is wrong with `example.com/path`, each with the part that it is wrong of. */
export function domainPath(text: string): readonly (readonly [part: string, problem: string])[] {
  const slash = text.indexOf('/');
  const domain = text.slice(0, Math.max(0, slash));
  const path = text.slice(slash + 1);
  if (slash <= 0 || path === '') return [[text, 'must be a domain-prefixed path (such as "acme.io/foo")']];
  const problems: [string, string][] = (dnsSubdomain(domain) ?? []).map((problem) => [domain, problem]);
  const form = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  if (!new RegExp(`^${form}$`).test(path)) problems.push([path, patternProblem('Invalid path', form)]);
  return problems;
}
