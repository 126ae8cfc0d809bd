import type { IConstruct } from 'constructs';
import { Environment } from '../synth/environment';
import type { Team } from './team';

type Join = (team: Team) => void;

interface Namespaces {
  readonly teams: Map<string, Team>;
  readonly waiting: Map<string, Set<Join>>;
}

// By what namespaces are unique in: an environment, or else the program.
const known = new WeakMap<IConstruct, Namespaces>();

function namespacesOf(scope: IConstruct): Namespaces {
  const namespaces = known.get(scope) ?? { teams: new Map(), waiting: new Map() };
  known.set(scope, namespaces);
  return namespaces;
}

/** The scopes whose Teams a construct may be in: its environments, the innermost first, and the program. */
function scopesOf({ node }: IConstruct): Namespaces[] {
  const environments = node.scopes.filter((scope) => Environment.isEnvironment(scope)).reverse();
  return [...environments, node.root].map(namespacesOf);
}

/** Calls `join` once if the namespace is, or becomes, a Team's: a program may make the two in either order. */
export function inTeam(construct: IConstruct, namespace: string | undefined, join: Join): void {
  if (namespace === undefined) return;
  const scopes = scopesOf(construct);
  const team = scopes.map(({ teams }) => teams.get(namespace)).find((team) => team !== undefined);
  if (team) {
    join(team);
    return;
  }
  const once: Join = (team) => {
    for (const { waiting } of scopes) waiting.get(namespace)?.delete(once);
    join(team);
  };
  for (const { waiting } of scopes) waiting.set(namespace, (waiting.get(namespace) ?? new Set<Join>()).add(once));
}

/** Makes a namespace a Team's, for those who wait for it. */
export function announceTeam(team: Team): void {
  const [{ teams, waiting }] = scopesOf(team) as [Namespaces];
  teams.set(team.name, team);
  for (const join of [...(waiting.get(team.name) ?? [])]) join(team);
}
