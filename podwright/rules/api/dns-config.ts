// A Pod's DNS. Source: pkg/apis/core/validation validatePodDNSConfig.
import { form, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsSubdomain, dnsSubdomainWithUnderscore } from '../values/names';
import { ip } from './addresses';

const oldSearch: Check = (search: Any, at: Cursor) => form(dnsSubdomain)(search.replace(/\.$/, ''), at);
const search: Check = (search: Any, at: Cursor) => {
  if (search !== '.') form(dnsSubdomainWithUnderscore)(search.replace(/\.$/, ''), at);
};
const oldSearches = until('1.33', oldSearch);
const newSearches = since('1.33', search);

/** dnsPolicy and dnsConfig of a Pod's spec. */
export const dns: Check = (spec: Any, at: Cursor) => {
  const config = spec.dnsConfig;
  if (spec.dnsPolicy === 'None') {
    if (!config) {
      at.required('must provide `dnsConfig` when `dnsPolicy` is None', 'dnsConfig');
      return;
    }
    if (!config.nameservers?.length) {
      at.required('must provide at least one DNS nameserver when `dnsPolicy` is None', 'dnsConfig', 'nameservers');
      return;
    }
  }
  if (config) at.enter('dnsConfig', dnsConfig, config);
};

const dnsConfig: Check = (config: Any, at: Cursor) => {
  const outer = at.rule;
  at.rule = 'api/dns-config';
  const { nameservers = [], searches = [], options = [] } = config;
  if (nameservers?.length > 3) at.invalid(nameservers, 'must not have more than 3 nameservers', 'nameservers');
  (nameservers ?? []).forEach((server: Any, i: number) => {
    at.path.push('nameservers', i);
    ip(server ?? '', at);
    at.path.length -= 2;
  });
  if (searches?.length > 32) at.invalid(searches, 'must not have more than 32 search paths', 'searches');
  if (byteLength((searches ?? []).join(' ')) > 2048) {
    at.invalid(searches, 'must not have more than 2048 characters (including spaces) in the search list', 'searches');
  }
  (searches ?? []).forEach((entry: Any, i: number) => {
    at.path.push('searches', i);
    oldSearches(entry ?? '', at);
    newSearches(entry ?? '', at);
    at.path.length -= 2;
  });
  (options ?? []).forEach((option: Any, i: number) => {
    if (!option?.name) at.required('must not be empty', 'options', i);
  });
  at.rule = outer;
};
