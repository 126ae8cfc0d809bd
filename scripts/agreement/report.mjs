// What a measurement found, as text.

const percent = (part, whole) => (whole === 0 ? '-' : `${((part / whole) * 100).toFixed(2)}%`);

/** Disagreements of one kind, by what was said. */
export class Groups {
  #groups = new Map();

  add(one) {
    const { agree, verdict, findings } = one;
    const what = agree ? 'field' : verdict.valid ? 'FALSE ALARM' : 'missed';
    const own = findings[0] && `${findings[0].ruleId} ${findings[0].pointer} ${findings[0].message}`;
    const server = verdict.causes?.map(({ field, message }) => `${field}: ${message}`).join(' | ') ?? verdict.message;
    const name = `${what} ${(verdict.valid ? own : server)
      .replace(/"[^"]*"/g, '"…"')
      .replace(/\d+/g, 'N')
      .slice(0, 160)}`;
    if (!this.#groups.has(name)) this.#groups.set(name, []);
    this.#groups.get(name).push({ ...one, what, own, server });
  }

  print(most) {
    const sorted = [...this.#groups.values()].sort((a, b) => b.length - a.length);
    for (const list of sorted.slice(0, most)) {
      const { what, fault, place, own, server, object } = list[0];
      console.log(`\n${list.length} x ${what} [${fault}] ${place}`);
      console.log(`   server: ${server?.slice(0, 420) ?? 'accepts it'}\n   ours:   ${own?.slice(0, 300) ?? 'none'}`);
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
