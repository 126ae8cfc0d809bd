// A headless Chromium of this machine.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Its program: what the environment variable CHROMIUM names, else the first on the PATH; undefined where there is none. */
export function chromiumProgram(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM) return CHROMIUM;
  const programs = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return programs.find(isExecutable);
}

/** Starts it. A container's root has no sandbox to start it in; it opens our own files only. */
export function startChromium(program: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: program, args: isRoot ? ['--no-sandbox'] : [] });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
