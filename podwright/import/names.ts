/**
 * A text as part of a type's name: `v1beta1` is `V1Beta1`, `spec` is `Spec`, `x-odd_one` is `XOddOne`; what no
 * identifier can hold is left out.
 */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+|(?<=[0-9])(?=[a-z])/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/**
 * The name that cdk8s gives the class of a kind: runs of capitals become words (`CSIDriver` is `CsiDriver`), so that a
 * program that was written against cdk8s's import finds its classes.
 */
export function className(name: string): string {
  return name.replace(/[A-Z]+(?![a-z])/g, (run) => run.charAt(0) + run.slice(1).toLowerCase());
}

/** A name that is not taken yet, and is now: `name`, else the first of name2, name3 ... that is free. */
export function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
  taken.add(free);
  return free;
}

/** The first label of a group, as part of a name: `events.k8s.io` is `Events`, the core group `Core`. */
export function groupWord(group: string): string {
  return pascal(group.split('.')[0] || 'core');
}
