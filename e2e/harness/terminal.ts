/**
 * A command line in a pseudo-terminal, as `kubectl exec -it` wants one: made by `script`, which util-linux, BSD and
 * macOS each bring, with options of their own. What is typed comes back in the output, as on any terminal.
 */
export function terminal(command: string, platform: NodeJS.Platform = process.platform): string {
  const quoted = `'${command.replaceAll("'", `'\\''`)}'`;
  if (platform === 'linux') return `exec script --quiet --return --command ${quoted} /dev/null`;
  return `exec script -q /dev/null sh -c ${quoted}`;
}
