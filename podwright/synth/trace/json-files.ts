import fs from 'node:fs';
import Module from 'node:module';
import { resolve } from 'node:path';
import { JsonModule } from './json-module';
import type { Recorder } from './recorder';
import type { Sites } from './sites';

/** Lets the values of a program's JSON files through the recorder: those that it imports, and those that it reads and parses. */
export function traceJsonFiles(isOwn: (file: string) => boolean, sites: Sites, recorder: Recorder): void {
  const modules = new Map<string, JsonModule>();
  const traced = (text: string, file: string): unknown => {
    const known = modules.get(file) ?? new JsonModule(text, file, sites, recorder);
    modules.set(file, known);
    return known.value();
  };
  const extensions = (Module as unknown as { _extensions: NodeJS.RequireExtensions })._extensions;
  const json = extensions['.json'];
  const { readFileSync } = fs;
  extensions['.json'] = (module, file) => {
    if (!isOwn(file)) return json?.(module, file);
    module.exports = traced(readFileSync(file, 'utf8'), file);
  };

  // The texts that were read, by which the files are known when they are parsed.
  const files = new Map<string, string>();
  fs.readFileSync = ((...args: Parameters<typeof readFileSync>) => {
    const content = readFileSync(...args);
    const [path] = args;
    if (typeof path === 'string' && path.endsWith('.json') && isOwn(resolve(path))) {
      files.set(String(content), resolve(path));
    }
    return content;
  }) as typeof readFileSync;
  const { parse } = JSON;
  JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]) => {
    const value = parse(text, reviver);
    const file = reviver ? undefined : files.get(String(text));
    return file === undefined ? value : traced(String(text), file);
  };
}
