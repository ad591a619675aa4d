/** Opens the playground. */
import { h, render } from 'preact';
import { Playground } from './app.ts';

const root = document.getElementById('root');
if (root !== null) render(h(Playground, {}), root);
