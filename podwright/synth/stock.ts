import { ApiObject, type Chart, App as StockApp } from 'cdk8s';
import type { App } from './app';
import { synthesizeChart } from './engine';
import type { Images } from './images/images';
import { resolveObject, resolvesPlainly } from './resolve';

/**
 * cdk8s's own classes ask cdk8s's own App for what they are, whatever App they are under. For those under ours, the two
 * questions are answered by our engine: what a chart's objects are, and what one object is. Others are answered as ever.
 */
export function answerFor(isOurs: (root: object) => root is App, imagesOf: (root: App) => Images): void {
  const app = StockApp as unknown as { _synthChart(chart: Chart): unknown[] };
  const { _synthChart } = app;
  app._synthChart = (chart) => {
    const { root } = chart.node;
    return isOurs(root) ? synthesizeChart(root, chart, imagesOf(root)) : _synthChart.call(StockApp, chart);
  };

  const { toJson } = ApiObject.prototype;
  ApiObject.prototype.toJson = function (this: ApiObject) {
    const { root } = this.node;
    if (!isOurs(root) || process.env.CDK8S_DISABLE_SORT || !resolvesPlainly(root)) return toJson.call(this);
    try {
      return resolveObject(this);
    } catch (error) {
      throw new Error(`Failed serializing construct at path '${this.node.path}' with name '${this.name}': ${error}`, {
        cause: error,
      });
    }
  };
}
