// Required before a measured program: writes down, when it ends, the memory and the processor time that it took.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const record = { cpu: Math.round((userCPUTime + systemCPUTime) / 1000), mb: Math.round(maxRSS / 1024) };
  writeFileSync(process.env.BENCH_PEAK, JSON.stringify(record));
});
