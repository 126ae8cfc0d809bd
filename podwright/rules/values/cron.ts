// Cron schedules as the API server reads them. Source: github.com/robfig/cron/v3 parser.go.

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');
const FIELDS: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
];
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** What is wrong with a schedule; undefined: nothing. */
export function cronProblem(schedule: string): string | undefined {
  let text = schedule;
  const zone = /^(?:CRON_)?TZ=([^ ]*) (.*)$/s.exec(schedule);
  if (zone) text = (zone[2] as string).trim();
  if (text.startsWith('@')) {
    if (DESCRIPTORS.includes(text)) return undefined;
    if (!text.startsWith('@every ')) return `unrecognized descriptor: ${text}`;
    const duration = text.slice('@every '.length);
    if (DURATION.test(duration)) return undefined;
    return `failed to parse duration ${text}: time: invalid duration ${JSON.stringify(duration)}`;
  }
  const fields = text.split(/\s+/u).filter(Boolean);
  if (fields.length !== 5) return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  for (const [index, field] of fields.entries()) {
    for (const range of field.split(',').filter(Boolean)) {
      const problem = rangeProblem(range, FIELDS[index] as Bounds);
      if (problem) return problem;
    }
  }
  return undefined;
}

/** The shortest time between two runs, in seconds, on days that follow each other; undefined for what is no schedule. */
export function shortestGap(schedule: string): number | undefined {
  if (cronProblem(schedule) !== undefined) return undefined;
  const text = withoutZone(schedule);
  if (text.startsWith('@every ')) return Math.max(1, Math.floor(secondsOf(text)));
  const known = Object.hasOwn(GAPS, text) ? GAPS[text] : undefined;
  if (known !== undefined) return known;
  const [minutes, hours] = valuesIn(text);
  const times = (hours ?? []).flatMap((hour) => (minutes ?? []).map((minute) => hour * 60 + minute));
  const gaps = times.map((time, index) => (times[index + 1] ?? (times[0] as number) + DAY / 60) - time);
  return Math.min(...gaps) * 60;
}

/** The values of each of the five fields, ascending; undefined for what is no schedule, or has no fields. */
export function fieldsOf(schedule: string): readonly (readonly number[])[] | undefined {
  const text = withoutZone(schedule);
  return cronProblem(schedule) !== undefined || text.startsWith('@') ? undefined : valuesIn(text);
}

function withoutZone(schedule: string): string {
  return schedule.replace(/^(?:CRON_)?TZ=[^ ]* /, '').trim();
}

function valuesIn(text: string): number[][] {
  return text.split(/\s+/u).map((field, index) => valuesOf(field, FIELDS[index] as Bounds));
}

const DAY = 86_400;
const GAPS: { readonly [descriptor: string]: number } = {
  '@hourly': 3600,
  '@daily': DAY,
  '@midnight': DAY,
  '@weekly': 7 * DAY,
  '@monthly': 28 * DAY,
  '@yearly': 365 * DAY,
  '@annually': 365 * DAY,
};
const SECONDS: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1 };

function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)([a-zµμ]+)/g)];
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (SECONDS[unit] ?? 0), 0);
}

/** The values of a field, ascending. */
function valuesOf(field: string, bounds: Bounds): number[] {
  const values = new Set<number>();
  for (const text of field.split(',').filter(Boolean)) {
    const range = rangeOf(text, bounds);
    if (typeof range === 'string') continue;
    for (let value = range.start; value <= range.end; value += range.every) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function rangeProblem(range: string, bounds: Bounds): string | undefined {
  const read = rangeOf(range, bounds);
  return typeof read === 'string' ? read : undefined;
}

/** From where to where, and in which steps; or what is wrong. */
function rangeOf(
  range: string,
  bounds: Bounds,
): { readonly start: number; readonly end: number; readonly every: number } | string {
  const [span = '', step, ...more] = range.split('/');
  const [low = '', high, ...rest] = span.split('-');
  let start = bounds.least;
  let end = bounds.most;
  if (low !== '*' && low !== '?') {
    const first = read(low, bounds);
    if (typeof first === 'string') return first;
    if (rest.length > 0) return `too many hyphens: ${range}`;
    const last = high === undefined ? first : read(high, bounds);
    if (typeof last === 'string') return last;
    start = first;
    end = last;
  }
  let every = 1;
  if (step !== undefined) {
    if (more.length > 0) return `too many slashes: ${range}`;
    const value = read(step, { least: 0, most: 0 });
    if (typeof value === 'string') return value;
    every = value;
    if (high === undefined) end = bounds.most;
  }
  if (start < bounds.least) return `beginning of range (${start}) below minimum (${bounds.least}): ${range}`;
  if (end > bounds.most) return `end of range (${end}) above maximum (${bounds.most}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return every === 0 ? `step of range should be a positive number: ${range}` : { start, end, every };
}

/** A number, a name's number, or what is wrong. */
function read(text: string, { names, least }: Bounds): number | string {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + least;
  if (!/^[+-]?\d+$/.test(text)) {
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
  }
  const value = Number(text);
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value;
}
