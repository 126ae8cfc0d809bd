// What a measurement found, as text.

const percent = (part, whole) => (whole === 0 ? '-' : `${((part / whole) * 100).toFixed(2)}%`);

/** Disagreements, those alike together: by what was said, its values and numbers left out. */
export class Groups {
  #groups = new Map();

  add({ agree, verdict, findings, fault, place, object }) {
    const what = agree ? 'other field' : verdict.valid ? 'false alarm' : 'missed';
    const said = ({ field, pointer, message }) => `${field ?? pointer}: ${message}`;
    const ours = findings.map(said).join(' | ') || 'accepted';
    const server = verdict.valid ? 'accepted' : (verdict.causes?.map(said).join(' | ') ?? verdict.message);
    const name = `${what} ${verdict.valid ? ours : server}`.replace(/"(?:[^"\\]|\\.)*"/g, '"…"').replace(/\d+/g, 'N');
    const group = this.#groups.get(name.slice(0, 160)) ?? {
      count: 0,
      classes: {},
      what,
      fault,
      place,
      server,
      ours,
      object,
    };
    this.#groups.set(name.slice(0, 160), group);
    group.count++;
    group.classes[fault] = (group.classes[fault] ?? 0) + 1;
  }

  /** The largest first. */
  get list() {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }

  print(most) {
    for (const { count, what, fault, place, server, ours, object } of this.list.slice(0, most)) {
      console.log(`\n${count} x ${what} [${fault}] ${place}`);
      console.log(`   server: ${server.slice(0, 420)}\n   ours:   ${ours.slice(0, 300)}`);
      if (process.env.OBJECT) console.log(JSON.stringify(object).slice(0, 3000));
    }
  }
}

/** Prints a table a version. */
export function report(results) {
  for (const { version, counts, missing, bases } of results) {
    const classes = [...counts].filter(([name, { all }]) => all > 0 && name !== 'accepted' && name !== 'added field');
    const sum = (key) => [...counts.values()].reduce((total, count) => total + count[key], 0);
    const rates = classes.map(([name, { agreed, all }]) => [name, agreed / all]).sort((a, b) => a[1] - b[1]);
    const mean = rates.reduce((total, [, rate]) => total + rate, 0) / rates.length;
    console.log(
      `\n${version}: ${sum('all')} objects, agreement ${percent(mean, 1)} (mean over the classes), lowest ${rates[0][0]} ${percent(rates[0][1], 1)}`,
    );
    for (const [name, { all, agreed, named, first }] of counts) {
      if (all > 0)
        console.log(
          `  ${name.padEnd(22)} ${percent(agreed, all).padStart(8)} of ${all}, first field ${percent(first, named)}`,
        );
    }
    console.log(`  false alarms           ${sum('alarms')} of ${sum('accepted')} accepted`);
    console.log(`  first field named      ${percent(sum('first'), sum('named'))}`);
    console.log(`  ${bases} bases, ${missing} places reached by none`);
  }
}

/** What a measurement found, as it is kept: the figures, and the disagreements without their objects. */
export function record({ version, seed, faults, counts, groups, places, missing, bases }) {
  const short = (text) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
  return {
    version,
    seed: Number(seed),
    faults,
    bases,
    places,
    reached: places - missing,
    counts: Object.fromEntries([...counts].map(([name, count]) => [name, { ...count }])),
    disagreements: groups.list.map(({ what, count, classes, place, server, ours }) => ({
      what,
      count,
      classes,
      place,
      server: short(server),
      ours: short(ours),
    })),
  };
}
