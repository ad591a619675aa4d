/** Tests that what comes from outside is fit to be shown. */
import { expect, test } from 'vitest';
import { show, showLines } from '../../../conformance/show.ts';

test('a text is shown so that no terminal obeys it', () => {
  expect(show('plain é \u{1f600}')).toBe('plain é \u{1f600}');
  expect(show('\u001b[31m\r\n\t\u0000\u007f\u009b')).toBe('\\u{1b}[31m\\u{d}\\u{a}\\u{9}\\u{0}\\u{7f}\\u{9b}');
  expect(show('\u200b\u200f\u202e\u2066\u2069\ufeff\u3164')).toBe(
    '\\u{200b}\\u{200f}\\u{202e}\\u{2066}\\u{2069}\\u{feff}\\u{3164}',
  );
  expect(show('\u2028\u2029\ud800')).toBe('\\u{2028}\\u{2029}\\u{d800}');
});

test('it is cut after 200 characters, and never within one', () => {
  expect(show('x'.repeat(200))).toBe('x'.repeat(200));
  expect(show('x'.repeat(201))).toBe(`${'x'.repeat(200)}...`);
  expect(show(`${'x'.repeat(199)}\u{1f600}`)).toBe(`${'x'.repeat(199)}...`);
  expect(show(`${'x'.repeat(198)}\u{1f600}y`)).toBe(`${'x'.repeat(198)}\u{1f600}...`);
  expect(show(show('\0'.repeat(300))).length).toBeLessThan(210);
});

test('of many lines the ends stay, as line feeds, and the tabs', () => {
  expect(showLines('a\tb\r\nc\rd\n\n\u001be')).toBe('a\tb\nc\\u{d}d\n\n\\u{1b}e');
});
