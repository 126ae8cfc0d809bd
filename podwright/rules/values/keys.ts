// What ports, keys, variables, headers and paths may be called. Source: k8s.io/apimachinery/pkg/util/validation.
import { byteLength, dnsSubdomain, longer, type Problems, patternProblem } from './names';

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
  return text === '.' || text === '..' ? [`may not be '${text}'`] : pathSegmentPrefix(text);
}

/** The beginning of such a name. */
export function pathSegmentPrefix(text: string): Problems {
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
