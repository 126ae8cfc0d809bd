import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { HashedConfigMap, ModelServer, type ModelServerProps } from 'podwright';

/** A line: what the model is. */
export interface Line {
  readonly weight: number;
  readonly bias: number;
}

/** Options of a {@link LinearServer}: a ModelServer's, and the line that it serves. */
export interface LinearServerProps extends Omit<ModelServerProps, 'containers' | 'model' | 'healthPath' | 'port'> {
  readonly line: Line;
}

/**
 * Serves a straight line, with plain Python: a model server to try things on. Its program is `linear-server.py`; the
 * model is fetched by a container that runs first, as one from a model store would be.
 */
export class LinearServer extends ModelServer {
  constructor(scope: Construct, id: string, props: LinearServerProps) {
    const { line, ...server } = props;
    const port = 8080;
    super(scope, id, {
      loadSeconds: 60,
      ...server,
      port,
      healthPath: '/health',
      model: {
        download: {
          image: 'busybox:1.37',
          command: ['/bin/sh', '-c', 'echo "$MODEL" > /models/linear.json'],
          env: { MODEL: JSON.stringify(line) },
          seconds: 60,
          resources: { requests: { cpu: '10m', memory: '16Mi' } },
        },
      },
    });
    const program = readFileSync(join(__dirname, 'linear-server.py'), 'utf8');
    const code = new HashedConfigMap(this, `${id}-code`, { data: { 'serve.py': program } });
    this.addVolume({ name: 'code', configMap: { name: code.name } });
    this.addContainer({
      name: 'server',
      image: 'python:3.11',
      command: ['python3', '/code/serve.py'],
      env: { PORT: port },
      resources: { requests: { cpu: '50m', memory: '48Mi' } },
      volumeMounts: [{ name: 'code', mountPath: '/code', readOnly: true }],
    });
  }
}
