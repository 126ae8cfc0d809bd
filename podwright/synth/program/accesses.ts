import fs from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How a path was asked for: its content, its entries, whether and what it is; or that it was written. */
export type Access = 'read' | 'list' | 'look' | 'write';

const CALLS: Readonly<Record<Access, readonly string[]>> = {
  read: ['readFile', 'open', 'openAsBlob', 'createReadStream', 'copyFile', 'cp'],
  list: ['readdir', 'opendir', 'glob'],
  write: [
    'writeFile',
    'appendFile',
    'createWriteStream',
    'mkdir',
    'rm',
    'unlink',
    'rmdir',
    'truncate',
    'utimes',
    'rename',
  ],
  look: ['exists', 'stat', 'lstat', 'access', 'realpath', 'readlink'],
};

type Functions = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/** Tells of each path that this process asks the file system for, from now until the returned function is called. */
export function observe(seen: (access: Access, path: string) => void): () => void {
  const undo: (() => void)[] = [];
  // What the observer itself asks for is not told.
  let telling = false;
  const tell = (access: Access, path: string) => {
    if (telling) return;
    telling = true;
    try {
      seen(access, path);
    } finally {
      telling = false;
    }
  };
  const wrap = (object: Functions, name: string, access: Access) => {
    const call = object[name];
    if (typeof call !== 'function') return;
    const wrapped = function (this: unknown, ...args: unknown[]) {
      const path = pathOf(args[0]);
      if (path !== undefined) tell(/^open(Sync)?$/.test(name) && writes(args[1]) ? 'write' : access, path);
      // Of what is copied or renamed, the second path is the one that is new.
      const target = /^(copyFile|cp|rename)/.test(name) ? pathOf(args[1]) : undefined;
      if (target !== undefined) tell('write', target);
      return call.apply(this, args);
    };
    // fs.realpathSync.native, util.promisify.custom: what hangs on the function stays there.
    object[name] = Object.assign(wrapped, call);
    undo.push(() => {
      object[name] = call;
    });
  };
  for (const [access, names] of Object.entries(CALLS) as [Access, string[]][]) {
    for (const name of names) {
      wrap(fs as unknown as Functions, name, access);
      wrap(fs as unknown as Functions, `${name}Sync`, access);
      wrap(fs.promises as unknown as Functions, name, access);
    }
  }
  return () => {
    for (const step of undo) step();
  };
}

function pathOf(value: unknown): string | undefined {
  try {
    if (typeof value === 'string') return resolve(value);
    if (Buffer.isBuffer(value)) return resolve(value.toString());
    if (value instanceof URL && value.protocol === 'file:') return fileURLToPath(value);
  } catch {
    // No path: the call itself says so.
  }
  return undefined;
}

function writes(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_CREAT)) !== 0;
  return typeof flags === 'string' && /^[wax]/.test(flags);
}
