import { Chart, type ChartProps } from 'cdk8s';
import { App, type AppProps } from '../synth/app';
import { Manifests } from './manifests';

/** Programs in memory: no test that uses these touches the file system. */
// biome-ignore lint/complexity/noStaticOnlyClass: a name that says what its functions are for, as cdk8s's own has it
export class Testing {
  /** An App; its findings tell the line that caused them. */
  static app(props: AppProps = {}): App {
    return new App({ trace: true, ...props });
  }

  /** A chart named `test` in an App of its own. */
  static chart(props: ChartProps & { readonly app?: AppProps } = {}): Chart {
    const { app, ...chart } = props;
    return new Chart(Testing.app(app), 'test', chart);
  }

  /** The objects of a chart. @throws FindingsError where its constructs are wrong */
  static synth(chart: Chart): Manifests {
    chart.toJson();
    return Manifests.of(chart);
  }
}
