import type { IConstruct } from 'constructs';
import { Environment } from '../synth/environment';
import type { Team } from './team';

interface Namespaces {
  readonly teams: Map<string, Team>;
  readonly waiting: Map<string, ((team: Team) => void)[]>;
}

// By what namespaces are unique in: an environment, or else the program.
const known = new WeakMap<IConstruct, Namespaces>();

function namespacesOf(construct: IConstruct): Namespaces {
  const scope = Environment.tryOf(construct) ?? construct.node.root;
  const namespaces = known.get(scope) ?? { teams: new Map(), waiting: new Map() };
  known.set(scope, namespaces);
  return namespaces;
}

/** Calls `join` if the namespace is, or becomes, a Team's: a program may make the two in either order. */
export function inTeam(construct: IConstruct, namespace: string | undefined, join: (team: Team) => void): void {
  if (namespace === undefined) return;
  const { teams, waiting } = namespacesOf(construct);
  const team = teams.get(namespace);
  if (team) join(team);
  else waiting.set(namespace, [...(waiting.get(namespace) ?? []), join]);
}

/** Makes a namespace a Team's, for those who wait for it. */
export function announceTeam(team: Team): void {
  const { teams, waiting } = namespacesOf(team);
  teams.set(team.name, team);
  for (const join of waiting.get(team.name) ?? []) join(team);
  waiting.delete(team.name);
}
