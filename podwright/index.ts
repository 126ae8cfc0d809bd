export type { Finding, ObjectIdentity, Severity, SourcePlace } from './report/finding';
export { FindingsError } from './report/findings-error';
export { formatFinding, formatFindings } from './report/text';
export { App, type AppProps } from './synth/app';
