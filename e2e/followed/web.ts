import type { Construct } from 'constructs';
import { HashedConfigMap, ModelServer } from 'podwright';

const PAGE = 'first';
/** 'no' keeps new pods from ever being ready: a rollout that is stuck. */
const LISTENS = 'yes';

/** A server whose configuration is hashed. */
export class Web extends ModelServer {
  constructor(scope: Construct, id: string, { keep }: { readonly keep: boolean }) {
    const data = { page: PAGE, listens: LISTENS };
    const { name } = new HashedConfigMap(scope, `${id}-settings`, {
      data,
      ...(!keep && { defaults: 'none' }),
    });
    const env = Object.keys(data).map((key) => ({ name: key, valueFrom: { configMapKeyRef: { name, key } } }));
    super(scope, id, {
      defaults: { drain: false },
      containers: [
        {
          name: 'main',
          image: 'busybox:1.37',
          env,
          command: [
            'sh',
            '-c',
            'trap exit TERM; [ $listens = yes ] && httpd -p 8080 -h /tmp; while sleep 1; do :; done',
          ],
        },
      ],
    });
  }
}
