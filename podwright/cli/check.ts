import { isVersion, VERSIONS } from '../api/versions';
import { FORMAT_NAMES, FORMATS } from '../report/formats/formats';
import { POD_SECURITY_LEVELS } from '../rules/facts';
import { FAMILIES, type Family } from '../rules/families';
import { toolkitVersion } from '../synth/version';
import { type Command, EXIT } from './command';
import { crdsIn, importedCrds } from './crds-option';
import { judgeManifests } from './judge-manifests';
import { oneOf, readOptions } from './options';
import { readFacts } from './read-facts';

/** `podwright check`: judges manifests of any origin by the rules that a synthesis is judged by. */
export const check: Command = {
  name: 'check',
  summary: 'say what is wrong with manifests: YAML, JSON, JSON lines, Lists',
  usage: `Usage: npx podwright check [OPTION]... [FILE|FOLDER|-]...

Judges manifests by the rules that a synthesis is judged by, without a cluster: YAML streams, JSON, JSON lines and
Lists; of a folder, all files *.yaml, *.yml, *.json, *.jsonl and *.ndjson below it; - is the standard input. Without
a word it checks dist. Each environment that a synthesis wrote is judged by itself. Files that SOPS has encrypted pass
unjudged. Ends with 1 where there is an error.

Options:
  -t, --targets VERSIONS  the Kubernetes versions that they are for: 1.33,1.37; default: the three newest known
  -r, --rules FAMILIES    only these rules: ${FAMILIES.join(',')}; default: all of them
      --pod-security LEVEL  what namespaces that say nothing themselves forbid: ${POD_SECURITY_LEVELS.join(', ')};
                          default: privileged, which is nothing
  -e, --environment NAME  only what is in one environment
      --complete          what is not among the manifests is not in the cluster: say what refers to it
      --facts FILE        what manifests do not say, in YAML: externals, facts, gitops, as an App takes them
      --crds FILE|FOLDER  judge custom resources by the definitions there, too; can be given many times; default: what
                          the program's imports keep, in the folder imports
      --format FORMAT     text, json, sarif, junit or github; default: text
  -h, --help              print this
`,

  run(args, context) {
    const { values, words } = readOptions(args, {
      targets: { type: 'string', short: 't' },
      rules: { type: 'string', short: 'r' },
      'pod-security': { type: 'string' },
      environment: { type: 'string', short: 'e' },
      complete: { type: 'boolean' },
      facts: { type: 'string' },
      crds: { type: 'string', multiple: true },
      format: { type: 'string' },
    });
    const targets = values.targets?.split(',').map((version) => oneOf('targets', version, VERSIONS.filter(isVersion)));
    const families = values.rules?.split(',').map((family): Family => oneOf('rules', family, FAMILIES));
    const level = values['pod-security'];
    const podSecurity = level === undefined ? undefined : oneOf('pod-security', level, POD_SECURITY_LEVELS);
    const known = values.facts === undefined ? {} : readFacts(values.facts, context.cwd);
    const format = FORMATS[oneOf('format', values.format ?? 'text', FORMAT_NAMES)];

    const given = values.crds?.flatMap((path) => crdsIn(path, context.cwd));
    const crds = () => given ?? importedCrds(context.cwd);
    const { environment, complete } = values;
    const options = { ...known, targets, families, podSecurity, environment, complete, crds };
    const report = judgeManifests(words.length > 0 ? words : ['dist'], context.cwd, options);
    context.stdout.write(format(report, toolkitVersion()));
    return report.findings.some(({ severity }) => severity === 'error') ? EXIT.finding : EXIT.fine;
  },
};
