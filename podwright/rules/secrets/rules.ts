// The rules of what git must not hold in the clear.
import type { Rule } from '../rule';
import { configMapCredential } from './config-map-credential';
import { containerCredential } from './container-credential';
import { literalSecret } from './literal-secret';
import { namedValue } from './named-value';

/** Every one, sorted. */
export const SECRETS_RULES: readonly Rule[] = [configMapCredential, containerCredential, literalSecret, namedValue];
