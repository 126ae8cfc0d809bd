// The formats of the picture, by name.
import type { Graph } from './graph';
import { formatHtml } from './html';
import { formatMermaid } from './mermaid';

/** The names of the formats. */
export const GRAPH_FORMATS = ['html', 'mermaid', 'json'] as const;

/** See {@link GRAPH_FORMATS}. */
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** Writes a picture. */
export const FORMATS: { readonly [F in GraphFormat]: (graph: Graph) => string } = {
  html: formatHtml,
  mermaid: formatMermaid,
  json: (graph) => `${JSON.stringify(graph, undefined, 2)}\n`,
};
