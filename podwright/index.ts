export { App, type AppProps } from './synth/app';
