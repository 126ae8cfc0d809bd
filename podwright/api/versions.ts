/** The Kubernetes minor versions that the toolkit knows the API of, ascending. */
export const VERSIONS = [
  '1.27',
  '1.28',
  '1.29',
  '1.30',
  '1.31',
  '1.32',
  '1.33',
  '1.34',
  '1.35',
  '1.36',
  '1.37',
] as const;

/** A Kubernetes minor version that the toolkit knows: `1.34`. */
export type Version = (typeof VERSIONS)[number];

/** The newest known version: the one that `podwright/k8s` is made from. */
export const NEWEST: Version = '1.37';

/** A set of known versions, a bit a version: bit 0 is the oldest, `VERSIONS[0]`. */
export type VersionSet = number;

/** The set of every known version. */
export const ALL_VERSIONS: VersionSet = (1 << VERSIONS.length) - 1;

/** Whether a text is a version that the toolkit knows. */
export function isVersion(text: string): text is Version {
  return (VERSIONS as readonly string[]).includes(text);
}

/** The set that holds exactly these versions. */
export function versionSet(...versions: readonly Version[]): VersionSet {
  return versions.reduce((set, version) => set | (1 << VERSIONS.indexOf(version)), 0);
}

/** The versions of a set, ascending. */
export function versionsOf(set: VersionSet): Version[] {
  return VERSIONS.filter((_, index) => set & (1 << index));
}

/** The oldest version of a set; undefined for the empty set. */
export function oldest(set: VersionSet): Version | undefined {
  return VERSIONS.find((_, index) => set & (1 << index));
}
