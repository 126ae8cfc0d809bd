// Whether a name is a slip in another one, or may well be meant.
import { nearest } from '../../report/nearest';

/** Shorter parts of names are words of their own, mostly: `eu`, `dev`, `prod`. */
const SHORT = 4;

/**
 * Whether a name is another one but for one letter (added, left out, changed, or swapped with its neighbour) or capitals.
 * Names that differ in a number, or in a short part between dashes, as `team-a` and `team-b` do, may each be meant.
 */
export function isSlip(name: string, other: string): boolean {
  if (name.toLowerCase() === other.toLowerCase()) return true;
  if (nearest(name, [other], 1) === undefined) return false;
  const parts = name.split('-');
  const others = other.split('-');
  if (parts.length !== others.length) return true;
  const at = parts.findIndex((part, index) => part !== others[index]);
  const [part = '', otherPart = ''] = [parts[at], others[at]];
  if (withoutDigits(part) === withoutDigits(otherPart)) return false;
  return Math.min(part.length, otherPart.length) > SHORT || (part.length > 2 && isSwap(part, otherPart));
}

function withoutDigits(text: string): string {
  return text.replace(/\d/g, '');
}

/** Whether two names have the same letters. */
function isSwap(one: string, other: string): boolean {
  return [...one].sort().join() === [...other].sort().join();
}
