import { parseImage } from '../api/image';
import { CredentialsError, DockerCredentials } from '../gitops/images/credentials';
import { LockFileError } from '../gitops/images/lock-file';
import { Registries } from '../gitops/images/registries';
import { nearest } from '../report/nearest';
import type { ImageUse } from '../synth/images/images';
import { type Command, CommandError, EXIT, UsageError } from './command';
import { listImages, locksOf, pinImages, verifyImages } from './images-tasks';
import { readOptions } from './options';
import { type Instead, synthOnce } from './synth-once';

const TASKS = ['list', 'pin', 'verify'] as const;

/** `podwright images`: what the program runs, and which image exactly that is. */
export const images: Command = {
  name: 'images',
  summary: 'list the images of the program, pin and verify them by their registries',
  usage: `Usage: npx podwright images [list|pin|verify] [OPTION]... [IMAGE[=REFERENCE]]...

list    prints the images that the program writes, and what images.lock.yaml has for them; no registry is asked
pin     asks the registries for the digests of those that are not in the lock, and writes them there with their users;
        for those that are named, in it or not: 'python=python:3.12' says what 'python' is to be
verify  asks the registries whether each locked image is there and has the user that is recorded, and what its tag means
        now; ends with 1 where one is not, or where an image of the program is not in the lock

Registries are asked with the credentials that docker login keeps; over TLS, but for those of this machine.

Options:
  -a, --app FILE          the program's file, or a command that runs one
  -e, --environment NAME  the images of this environment alone; default: list and verify all, pin those of no environment
  -u, --update            pin: lock what the tags of locked images mean by now
  -m, --mirror HOST=HOST  ask the second host for what the first has: docker.io=mirror.example; can be given many times
      --plain-http HOST   ask this host without TLS; can be given many times
      --timeout SECONDS   how long an answer may take; default: 30
      --format FORMAT     list: text or json; default: text
  -h, --help              print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      app: { type: 'string', short: 'a' },
      environment: { type: 'string', short: 'e' },
      update: { type: 'boolean', short: 'u' },
      mirror: { type: 'string', short: 'm', multiple: true },
      'plain-http': { type: 'string', multiple: true },
      timeout: { type: 'string' },
      format: { type: 'string' },
    });
    const [word = 'list', ...rest] = words;
    const task = TASKS.find((name) => name === word);
    if (!task) {
      const near = nearest(word, TASKS);
      throw new UsageError(
        `unknown task '${word}'; ${near ? `did you mean '${near}'?` : `expected ${TASKS.join(', ')}`}`,
      );
    }
    const forPin = rest[0] ?? (values.update ? '--update' : undefined);
    if (task !== 'pin' && forPin !== undefined)
      throw new UsageError(`'${forPin}' has a meaning for pin, not for ${task}`);
    if (task !== 'list' && values.format !== undefined)
      throw new UsageError(`'--format' has a meaning for list, not for ${task}`);
    const { environment, update = false } = values;
    const format = formatOf(values.format ?? 'text');
    const named = new Map(rest.map(namedOf));
    const registries = new Registries({
      credentials: new DockerCredentials(context.env),
      mirrors: new Map((values.mirror ?? []).map(mirrorOf)),
      plainHttp: new Set(values['plain-http']),
      timeout: millisecondsOf(values.timeout ?? '30'),
    });

    const uses: ImageUse[] = [];
    const instead: Instead = { command: 'images', image: (use) => uses.push(use), done: async () => EXIT.fine };
    const status = await synthOnce({ app: values.app, instead }, context);
    if (status !== EXIT.fine) return status;
    try {
      const locks = locksOf(uses, environment, context.cwd);
      if (task === 'list') return listImages(locks, format, context);
      if (task === 'verify') return await verifyImages(locks, registries, context);
      return await pinImages(locks, registries, { environment: environment ?? '', named, update }, context);
    } catch (error) {
      if (error instanceof LockFileError || error instanceof CredentialsError) throw new CommandError(error.message);
      throw error;
    }
  },
};

function formatOf(value: string): 'text' | 'json' {
  if (value === 'text' || value === 'json') return value;
  throw new UsageError(`option '--format': got ${JSON.stringify(value)}; expected text, json`);
}

function namedOf(word: string): [written: string, image: string | undefined] {
  const [written = '', image] = word.split('=', 2);
  for (const reference of [written, ...(image === undefined ? [] : [image])]) {
    const parsed = parseImage(reference);
    if (!parsed) throw new UsageError(`got ${JSON.stringify(word)}; expected an image, as the program writes it`);
    if (parsed.digest) throw new UsageError(`got ${JSON.stringify(word)}; expected a tag, whose digest is looked up`);
  }
  const tag = parseImage(written)?.tag;
  if (image !== undefined && tag !== undefined && parseImage(image)?.tag !== tag)
    throw new UsageError(`got ${JSON.stringify(word)}; expected the tag ${tag}, which the program says itself`);
  return [written, image];
}

function mirrorOf(word: string): [host: string, mirror: string] {
  const [, host, mirror] = /^([^=\s/]+)=([^=\s/]+)$/.exec(word) ?? [];
  if (host !== undefined && mirror !== undefined) return [host, mirror];
  throw new UsageError(`option '--mirror': got ${JSON.stringify(word)}; expected HOST=HOST`);
}

function millisecondsOf(seconds: string): number {
  const value = Number(seconds);
  if (value > 0 && value <= 3600) return value * 1000;
  throw new UsageError(`option '--timeout': got ${JSON.stringify(seconds)}; expected seconds, more than 0`);
}
