// The formats of well-known credentials, each with what tells a real one from a text that only looks like it.

/** A credential in a text. */
export interface Found {
  /** What it is: 'a GitHub token'. */
  readonly what: string;
  /** As much of it as may be shown: its kind's own beginning, and how long it is. */
  readonly shown: string;
}

interface Format {
  readonly what: string;
  /** The first group, where there is one, is the credential; the beginning up to the first of its own characters is shown. */
  readonly pattern: RegExp;
  /** The part of each that is the same in all of its kind. */
  readonly head: RegExp;
  /** Whether what matches is one. @default - its characters are as mixed as those of a key */
  readonly isReal?: (text: string) => boolean;
}

/** https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
const isChecked = (token: string) => {
  const random = token.slice(token.indexOf('_') + 1, -6);
  return base62(crc32(random)).padStart(6, '0') === token.slice(-6);
};

const FORMATS: readonly Format[] = [
  {
    what: 'a private key',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/,
    head: /^-----BEGIN [A-Z ]+-----/,
    isReal: () => true,
  },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, head: /^A[KS]IA/ },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/, head: /^gh._/, isReal: isChecked },
  { what: 'a GitHub token', pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/, head: /^github_pat_/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/, head: /^npm_/, isReal: isChecked },
  { what: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|ptt)-[\w-]{20,}/, head: /^gl\w+-/ },
  { what: 'a PyPI token', pattern: /\bpypi-AgE[\w-]{50,}/, head: /^pypi-/ },
  { what: 'a Slack token', pattern: /\bxox[abposr]-\d{9,}-[\w-]{20,}/, head: /^xox./ },
  {
    what: 'a Slack webhook',
    pattern: /hooks\.slack\.com\/services\/T\w{8,}\/B\w{8,}\/\w{24}/,
    head: /^hooks\.slack\.com/,
  },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}/, head: /^AIza/ },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{24,}/, head: /^.k_live_/ },
  {
    what: 'an OpenAI key',
    pattern: /\bsk-(?:proj-|svcacct-|admin-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}/,
    head: /^sk-(proj-|svcacct-|admin-)?/,
  },
  { what: 'an Anthropic key', pattern: /\bsk-ant-[a-z]+\d{2}-[\w-]{80,}/, head: /^sk-ant-/ },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z]{34}\b/, head: /^hf_/ },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{22}\.[\w-]{43}/, head: /^SG\./ },
  { what: 'a Databricks token', pattern: /\bdapi[0-9a-f]{32}\b/, head: /^dapi/ },
  { what: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/, head: /^do._v1_/ },
  { what: 'a Vault token', pattern: /\bhv[sb]\.[\w-]{24,}/, head: /^hv.\./ },
  {
    what: 'an age key',
    pattern: /\bAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}\b/,
    head: /^AGE-SECRET-KEY-1/,
  },
  { what: 'an Azure storage key', pattern: /\bAccountKey=[A-Za-z0-9+/]{86}==/, head: /^AccountKey=/ },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/, head: /^eyJ/, isReal: isSigned },
  {
    what: 'a password in a URL',
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@'"]*:[^\s/?#@'"]+@/i,
    head: /^[^:]*:\/\//,
    isReal: (url) => isValue(/:([^:@]*)@$/.exec(url)?.[1] ?? ''),
  },
];

/** One look at a text that has none of them, as most have: the beginnings of all formats. */
const ANY =
  /PRIVATE KEY|A[KS]IA[A-Z2-7]|gh[pousr]_|github_pat_|npm_|gl(?:pat|dt|rt|ptt)-|pypi-|xox[abposr]-|hooks\.slack|AIza|[rs]k_live_|sk-|hf_|SG\.|dapi|do[opr]_v1_|hv[sb]\.|AGE-SECRET|AccountKey=|eyJ|:\/\/[^\s/@]*@/;

/** The first credential in a text; undefined where there is none. */
export function credentialIn(text: string): Found | undefined {
  if (!ANY.test(text)) return undefined;
  for (const { what, pattern, head, isReal = isMixed } of FORMATS) {
    for (const [match] of text.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
      if (!isReal(match) || /example/i.test(match)) continue;
      const start = head.exec(match)?.[0] ?? '';
      return { what, shown: start === match ? `${start}…` : `${start}… (${match.length} characters)` };
    }
  }
  return undefined;
}

/** Whether a text is a value of its own: no reference to another place, and none that stands for one. */
export function isValue(text: string): boolean {
  return (
    text !== '' &&
    !/^\$|\$\(|\$\{|\{\{|^<.*>$|^\[.*\]$|^%.*%$/.test(text) &&
    !/^(x+|\*+|\.+|-+|none|null|nil|true|false|redacted|placeholder|todo|change-?me|your[-_ ].*)$/i.test(text)
  );
}

/** What is made up for a page (`AKIAXXXXXXXXXXXXXXXX`, `glpat-00000000000000000000`) has few characters, or runs of them. */
function isMixed(text: string): boolean {
  return new Set(text).size >= 10 && !/(.)\1{5}/.test(text) && !/0123456789|abcdefghij/i.test(text);
}

/** A token that is signed, by its header; what only looks like one is no JSON. */
function isSigned(token: string): boolean {
  try {
    const { alg } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    return typeof alg === 'string' && alg !== 'none';
  } catch {
    return false;
  }
}

function crc32(text: string): number {
  let crc = ~0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function base62(number: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) text = digits[rest % 62] + text;
  return text;
}
