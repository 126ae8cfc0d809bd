/** What a JSON text says; undefined for text that is none, or that says a key twice, which JSON.parse passes over. */
// biome-ignore lint/suspicious/noExplicitAny: what it holds is not known
export function readJson(text: string): any {
  try {
    const value = JSON.parse(text);
    return hasKeyTwice(text) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether an object of a valid JSON text has a key twice. */
function hasKeyTwice(text: string): boolean {
  // For each object or list that is open: its keys; none for a list.
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 123: // {
        open.push(new Set());
        isKey = true;
        break;
      case 91: // [
        open.push(undefined);
        isKey = false;
        break;
      case 125: // }
      case 93: // ]
        open.pop();
        isKey = false;
        break;
      case 44: // ,
        isKey = open.at(-1) !== undefined;
        break;
      case 34: {
        const start = at;
        for (at++; text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
        if (!isKey) break;
        isKey = false;
        const raw = text.slice(start + 1, at);
        const key = raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw;
        const keys = open.at(-1);
        if (keys?.has(key)) return true;
        keys?.add(key);
        break;
      }
    }
  }
  return false;
}
