import type { App as StockApp } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import type { Finding } from '../../report/finding';
import { FindingsError } from '../../report/findings-error';

/** What an app says: its charts in their order, each with its objects; or that it fails. */
export function said(app: StockApp): unknown {
  try {
    // It is only with this that cdk8s infers the dependencies among charts.
    const yaml = parseAllDocuments(app.synthYaml(), { version: '1.1' });
    const charts = app.charts.map((chart) => ({ [chart.node.path]: JSON.stringify(chart.toJson()) }));
    return { yaml: yaml.map((document) => document.toJSON()), charts };
  } catch (error) {
    const isIdentity = (finding: Finding) => finding.ruleId === 'synth/identity';
    return FindingsError.isFindingsError(error) && error.findings.every(isIdentity) ? 'one name twice' : 'fails';
  }
}
