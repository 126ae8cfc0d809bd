import { App as Cdk8sApp, type AppProps as Cdk8sAppProps } from 'cdk8s';

/** Options of an {@link App}. */
export interface AppProps extends Cdk8sAppProps {}

/** The root of a program: the charts below it are synthesized into dist. */
export class App extends Cdk8sApp {
  constructor(props: AppProps = {}) {
    super({ outputFileExtension: '.k8s.yaml', recordConstructMetadata: false, ...props });
  }
}
