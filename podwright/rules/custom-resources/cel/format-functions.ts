// Named forms of texts. Source: k8s.io/apiserver/pkg/cel/library/format.go.
import {
  asPrefix,
  dnsLabel1035,
  dnsLabelPlain,
  dnsSubdomain,
  labelValue,
  type Problems,
  qualifiedName,
} from '../../values/names';
import { formatOf } from '../formats';
import type { Overloads } from './functions';
import { CelList, Opaque, Optional } from './values';

class Format extends Opaque {
  readonly type = 'kubernetes.NamedFormat';
  constructor(
    readonly name: string,
    readonly problems: (text: string) => Problems,
  ) {
    super();
  }
  equals(other: Opaque): boolean {
    return other instanceof Format && other.name === this.name;
  }
}

function schemaFormat(name: string, problem: string): (text: string) => Problems {
  return (text) => (formatOf(name)?.test(text) ? undefined : [problem]);
}

const FORMS: { readonly [name: string]: (text: string) => Problems } = {
  dns1123Label: dnsLabelPlain,
  dns1123Subdomain: dnsSubdomain,
  dns1035Label: dnsLabel1035,
  qualifiedName,
  dns1123LabelPrefix: asPrefix(dnsLabelPlain),
  dns1123SubdomainPrefix: asPrefix(dnsSubdomain),
  dns1035LabelPrefix: asPrefix(dnsLabel1035),
  labelValue,
  uri: schemaFormat('uri', 'invalid URI for request'),
  uuid: schemaFormat('uuid', 'does not match the UUID format'),
  byte: schemaFormat('byte', 'invalid base64'),
  date: schemaFormat('date', 'invalid date'),
  datetime: schemaFormat('datetime', 'invalid datetime'),
};
const FORMATS = new Map(Object.entries(FORMS).map(([name, problems]) => [name, new Format(name, problems)]));

export const FORMAT_FUNCTIONS: Overloads = {
  'format.named': (name) => {
    if (typeof name !== 'string') return undefined;
    const format = FORMATS.get(name);
    return format ? new Optional(format) : Optional.none;
  },
  ...Object.fromEntries([...FORMATS].map(([name, format]) => [`format.${name}`, () => format])),
};

export const FORMAT_METHODS: Overloads = {
  validate: (format, text) => {
    if (!(format instanceof Format) || typeof text !== 'string') return undefined;
    const problems = format.problems(text) ?? [];
    return problems.length > 0 ? new Optional(new CelList(problems)) : Optional.none;
  },
};
