/** Opens the film whose data the page holds. */
import { h, render } from 'preact';
import { App } from './app.ts';
import type { Film } from '../../protocol/index.ts';

const data = document.getElementById('film')?.textContent ?? '';
const root = document.getElementById('root');
const film = JSON.parse(data) as Film;
document.title = `${film.subject}: ${film.verdict}`;
if (root !== null) render(h(App, { film }), root);
