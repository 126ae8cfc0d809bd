// Quantities are known to the whole toolkit; the rules say what is wrong with one.
export * from '../../api/quantity';
