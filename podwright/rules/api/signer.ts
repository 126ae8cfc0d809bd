// Names of certificate signers, and of what belongs to them.
// Source: pkg/apis/core/validation ValidateSignerName, ValidateClusterTrustBundleName.
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsLabel, dnsSubdomain, type Problems } from '../values/names';

/** `example.com/my-signer`. */
export const certificateSigner: Check = (name: Any, at: Cursor) => {
  if (name === '') {
    at.required('');
    return;
  }
  const segments: string[] = name.split('/');
  const domain = segments[0] as string;
  if (segments.length !== 2) {
    at.invalid(name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    return;
  }
  if (byteLength(domain) > 253) at.tooLong(253);
  firstProblem(domain, dnsLabel, at);
  if (!domain.includes('.')) at.invalid(domain, 'should be a domain with at least two segments separated by dots');
  firstProblem(segments[1] as string, dnsSubdomain, at);
  const most = 253 + 1 + 253 + 63 + 1;
  if (byteLength(name) > most) at.tooLong(most);
};

/** What is wrong with the first label that is wrong. */
function firstProblem(text: string, problemsOf: (label: string) => Problems, at: Cursor): void {
  for (const label of text.split('.')) {
    const problems = problemsOf(label);
    if (!problems) continue;
    for (const problem of problems) at.invalid(text, `validating label "${label}": ${problem}`);
    return;
  }
}

/** The name of a ClusterTrustBundle: one with colons begins with its signer. */
export const clusterTrustBundleName: Check = (name: Any, at: Cursor) => {
  const parts = name.split(':');
  for (const problem of dnsSubdomain(parts[parts.length - 1]) ?? []) {
    at.invalid(name, `not a valid clustertrustbundlename: ${problem}`);
  }
};
