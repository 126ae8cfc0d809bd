// Environment variables, and where their values come from.
// Source: pkg/apis/core/validation ValidateEnv, ValidateEnvFrom.
import { all, each, form, object, required, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { configMapKey, envName, strictEnvName } from '../values/keys';
import { asPrefix, dnsLabel, dnsSubdomain } from '../values/names';
import { envFieldRef, resourceFieldRef } from './field-ref';
import { noParentFolder } from './paths';

/** The fields of a Pod that a variable can hold. */
const keySelector: Check = (selector: Any, at: Cursor) => {
  const { name = '', key = '' } = selector;
  for (const problem of dnsSubdomain(name) ?? []) at.invalid(name, problem, 'name');
  if (!key) at.required('', 'key');
  else for (const problem of configMapKey(key) ?? []) at.invalid(key, problem, 'key');
};

const fileKeySelector: Check = object(undefined, {
  key: required(form(envName)),
  volumeName: required(form(dnsLabel)),
  path: required(noParentFolder),
});

/** The ways to give a variable its value from elsewhere. */
const SOURCES: { readonly [source: string]: Check } = {
  fieldRef: envFieldRef,
  resourceFieldRef: resourceFieldRef(false),
  configMapKeyRef: keySelector,
  secretKeyRef: keySelector,
  fileKeyRef: fileKeySelector,
};
const sourceFields = object(undefined, SOURCES);

const valueFrom: Check = (variable: Any, at: Cursor) => {
  const source = variable.valueFrom;
  if (!source) return;
  at.enter('valueFrom', sourceFields, source);
  const given = Object.keys(SOURCES).filter((name) => source[name]).length;
  if (given === 0) {
    at.invalid(
      '',
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
      'valueFrom',
    );
  } else if (variable.value) at.invalid('', 'may not be specified when `value` is not empty', 'valueFrom');
  else if (given > 1) at.invalid('', 'may not have more than one field specified at a time', 'valueFrom');
};

const variableName: Check = all(until('1.32', form(strictEnvName)), since('1.32', form(envName)));

/** A container's variables. */
export const env: Check = each(object('api/env', { name: required(variableName) }, valueFrom));

const reference: Check = object(undefined, { name: required(form(asPrefix(dnsSubdomain))) });

/** Whole ConfigMaps and Secrets as variables. */
export const envFrom: Check = each(
  object(
    'api/env',
    { prefix: variableName, configMapRef: reference, secretRef: reference },
    (source: Any, at: Cursor) => {
      const given = (source.configMapRef ? 1 : 0) + (source.secretRef ? 1 : 0);
      // The API server names the list.
      if (given === 0) at.invalid('', 'must specify one of: `configMapRef` or `secretRef`').says(1);
      else if (given > 1) at.invalid('', 'may not have more than one field specified at a time').says(1);
    },
  ),
);
