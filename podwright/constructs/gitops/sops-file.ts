import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { pointerOf } from '../../api/json-pointer';
import { AS_KUBECTL } from '../../api/manifests/yaml';
import { type ClusterFile, HandOver, SECRETS } from '../../synth/clusters/hand-over';
import { Environment } from '../../synth/environment';
import { check } from '../validation';

/** Options of a {@link SopsFile}. */
export interface SopsFileProps {
  /** The file, as `sops --encrypt --encrypted-regex '^(data|stringData)$'` writes it: its path from where the program runs. */
  readonly file: string;
}

// biome-ignore lint/suspicious/noExplicitAny: what is in a file is looked at before it is believed.
type Any = any;

/**
 * Secrets that SOPS has encrypted, handed over byte for byte: no API server takes such a file, so it lies in clusters and
 * never in dist, and Flux decrypts it ({@link FluxKustomization} tells it how). What stays in the clear, the names and
 * keys of the Secrets, is known to the rules: a pod that refers to one of them refers to something that is there.
 *
 * @example
 * new SopsFile(prod, 'database', { file: 'secrets/database.yaml' });
 */
export class SopsFile extends HandOver {
  readonly #bytes: Uint8Array;
  readonly #secrets: readonly Any[];
  readonly #faults: string[] = [];

  /** @throws when the file cannot be read */
  constructor(scope: Construct, id: string, { file }: SopsFileProps) {
    super(scope, id);
    try {
      this.#bytes = readFileSync(file);
    } catch (error) {
      throw new Error(`${this.node.path}: file: ${file} cannot be read: ${(error as Error).message}`, { cause: error });
    }
    const documents = parseAllDocuments(Buffer.from(this.#bytes).toString(), AS_KUBECTL);
    const [broken] = documents.flatMap((document) => document.errors);
    if (broken) this.#faults.push(`file: ${file} is no YAML: ${broken.message}`);
    this.#secrets = broken ? [] : documents.map((document) => document.toJS()).filter((object) => object !== null);
    if (!broken && this.#secrets.length === 0) this.#faults.push(`file: ${file} is empty; expected encrypted Secrets`);
    this.#faults.push(...this.#secrets.flatMap((object) => faultsOf(object).map((what) => `file: ${file}${what}`)));
    check(this, () => this.#faults);
  }

  override get externals() {
    return this.#secrets.map(({ metadata, data, stringData }) => ({
      kind: 'Secret',
      name: metadata?.name,
      ...(metadata?.namespace !== undefined && { namespace: metadata.namespace }),
      keys: Object.keys({ ...data, ...stringData }),
    }));
  }

  /** Its path in clusters. */
  get path(): string {
    return posix.join(SECRETS, Environment.tryOf(this)?.name ?? '', `${this.node.id}.yaml`);
  }

  files(): ClusterFile[] {
    return [{ path: this.path, content: this.#bytes }];
  }

  /** Those that come to the cluster with a hand-over. */
  static besides(handOver: HandOver): SopsFile[] {
    const tops = handOver.environments;
    return handOver.node.root.node
      .findAll()
      .filter((one): one is SopsFile => one instanceof SopsFile && one.environments.some((top) => tops.includes(top)));
  }
}

const ENCRYPT = "Encrypt it: sops --encrypt --encrypted-regex '^(data|stringData)$' --in-place FILE";

/** Why an object is no encrypted Secret; what is in the clear is not said. */
function faultsOf(object: Any): string[] {
  if (object?.kind !== 'Secret') return [` holds a ${object?.kind ?? typeof object}; expected Secrets`];
  if (typeof object.sops?.mac !== 'string') return [` is not encrypted: it has no sops.mac. ${ENCRYPT}`];
  return ['data', 'stringData'].flatMap((field) =>
    Object.entries(object[field] ?? {})
      .filter(([, value]) => !/^ENC\[AES256_GCM,.*\]$/s.test(String(value)))
      .map(([key]) => `${pointerOf([field, key])}: is in the clear beside encrypted values. ${ENCRYPT}`),
  );
}
